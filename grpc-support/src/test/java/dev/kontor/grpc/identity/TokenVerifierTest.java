package dev.kontor.grpc.identity;

import static dev.kontor.testsupport.TokenForge.NOW;
import static dev.kontor.testsupport.TokenForge.STRANGERS_KEYS;
import static dev.kontor.testsupport.TokenForge.honest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.testsupport.MutableClock;
import dev.kontor.testsupport.TokenForge;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TokenVerifierTest {

    private static final String OTHER_KEY_ID = "key-2";

    private final MutableClock clock = new MutableClock(NOW);
    private final TokenVerifier verifier = new TokenVerifier(this::publishedKey, Revocations.NONE, clock);

    private boolean withdrawn;

    private Optional<RSAPublicKey> publishedKey(String keyId) {
        if (withdrawn) {
            return Optional.empty();
        }
        return switch (keyId) {
            case TokenForge.KEY_ID -> Optional.of(TokenForge.publicKey());
            case OTHER_KEY_ID -> Optional.of((RSAPublicKey) STRANGERS_KEYS.getPublic());
            default -> Optional.empty();
        };
    }

    private void refused(String token) {
        RefusedException refused = catchThrowableOfType(RefusedException.class, () -> verifier.verify(token));

        assertThat(refused).as("the refusal").isNotNull();
        assertThat(refused.problem()).isEqualTo(Problem.UNAUTHENTICATED);
        assertThat(refused.detail()).as("the same for every reason").isEqualTo(Problem.UNAUTHENTICATED.title());
        assertThat(refused.attributes()).isEmpty();
    }

    @Test
    void a_valid_token_names_the_caller() {
        String token = honest().token();

        assertThat(verifier.verify(token))
                .isEqualTo(new Caller(
                        TokenForge.CUSTOMER_ID, "CUSTOMER", TokenForge.SESSION_ID, 7, NOW.plusSeconds(900), token));
    }

    static Stream<Arguments> accepted() {
        return Stream.of(
                argumentSet("an admin", honest().with("role", "ADMIN")),
                argumentSet(
                        "a clock a minute ahead",
                        honest().with("iat", NOW.plusSeconds(60).getEpochSecond())),
                argumentSet(
                        "one second left",
                        honest().with("exp", NOW.plusSeconds(1).getEpochSecond())),
                argumentSet("the operator", honest().with("sub", "operator").with("role", "ADMIN")),
                argumentSet(
                        "a time from which on it is good, come just now", honest().with("nbf", NOW.getEpochSecond())),
                argumentSet("a claim we do not know", honest().with("scope", "all")),
                argumentSet("a version beyond 32 bits", honest().with("ver", 5_000_000_000L)),
                argumentSet(
                        "the other key",
                        honest().withHeader("kid", OTHER_KEY_ID).signedBy(STRANGERS_KEYS)));
    }

    @ParameterizedTest
    @MethodSource
    void accepted(TokenForge token) {
        assertThat(verifier.verify(token.token()).sessionId()).isEqualTo(TokenForge.SESSION_ID);
    }

    @Test
    void an_accepted_token_is_remembered() {
        String token = honest().token();

        Caller first = verifier.verify(token);

        assertThat(verifier.verify(token)).isSameAs(first);
    }

    @Test
    void a_refused_token_is_not_remembered() {
        String token =
                honest().with("iat", NOW.plusSeconds(61).getEpochSecond()).token();
        refused(token);

        clock.advance(Duration.ofSeconds(1));

        assertThat(verifier.verify(token).customerId()).isEqualTo(TokenForge.CUSTOMER_ID);
    }

    @Test
    void a_remembered_token_expires() {
        String token = honest().token();
        verifier.verify(token);

        clock.advance(Duration.ofSeconds(900).minusNanos(1));
        verifier.verify(token);

        clock.advance(Duration.ofNanos(1));

        refused(token);
    }

    @Test
    void a_remembered_token_is_refused_after_its_key_is_withdrawn() {
        String token = honest().token();
        verifier.verify(token);

        withdrawn = true;

        refused(token);
    }

    @Test
    void a_token_does_not_get_into_logs() {
        String token = honest().token();

        assertThat(verifier.verify(token).toString()).isEqualTo("Caller[" + TokenForge.CUSTOMER_ID + ", CUSTOMER]");
    }
}
