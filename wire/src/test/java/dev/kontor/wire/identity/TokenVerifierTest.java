package dev.kontor.wire.identity;

import static dev.kontor.wire.identity.TokenForge.KEYS;
import static dev.kontor.wire.identity.TokenForge.NOW;
import static dev.kontor.wire.identity.TokenForge.STRANGERS_KEYS;
import static dev.kontor.wire.identity.TokenForge.honest;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.kontor.wire.operations.Problem;
import dev.kontor.wire.operations.Refused;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TokenVerifierTest {

    private static final String OTHER_KEY_ID = "key-2";

    private final MutableClock clock = new MutableClock(NOW);
    private final List<String> lookedUp = new ArrayList<>();
    private final TokenVerifier verifier = new TokenVerifier(this::publishedKey, Revocations.NONE, clock);

    private Optional<RSAPublicKey> publishedKey(String keyId) {
        lookedUp.add(keyId);
        return switch (keyId) {
            case TokenForge.KEY_ID -> Optional.of(TokenForge.publicKey());
            case OTHER_KEY_ID -> Optional.of((RSAPublicKey) STRANGERS_KEYS.getPublic());
            default -> Optional.empty();
        };
    }

    private void refused(String token) {
        Refused refused = catchThrowableOfType(Refused.class, () -> verifier.verify(token));

        assertThat(refused).as("the refusal").isNotNull();
        assertThat(refused.problem()).isEqualTo(Problem.UNAUTHENTICATED);
        assertThat(refused.detail()).as("the same for every reason").isEqualTo(Problem.UNAUTHENTICATED.title());
        assertThat(refused.attributes()).isEmpty();
    }

    @Test
    void an_honest_token_says_who_calls() {
        String token = honest().token();

        assertThat(verifier.verify(token))
                .isEqualTo(new Caller("customer-1", "CUSTOMER", "session-1", 7, NOW.plusSeconds(900), token));
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
                argumentSet("one audience as text", honest().with("aud", "kontor")),
                argumentSet("one audience among others", honest().with("aud", List.of("other", "kontor"))),
                argumentSet("a claim we do not know", honest().with("scope", "all")),
                argumentSet("a version beyond 32 bits", honest().with("ver", 5_000_000_000L)),
                argumentSet(
                        "the other key",
                        honest().withHeader("kid", OTHER_KEY_ID).signedBy(STRANGERS_KEYS)));
    }

    @ParameterizedTest
    @MethodSource
    void accepted(TokenForge token) {
        assertThat(verifier.verify(token.token()).customerId()).isEqualTo("customer-1");
    }

    static Stream<Arguments> forged() {
        byte[] publicKey = KEYS.getPublic().getEncoded();
        return Stream.of(
                argumentSet("alg none, no signature", honest().signedWith("none", TokenForge.unsigned())),
                argumentSet("alg None, no signature", honest().signedWith("None", TokenForge.unsigned())),
                argumentSet("alg none, the old signature", honest().withHeader("alg", "none")),
                argumentSet("RS256, no signature", honest().signedWith("RS256", TokenForge.unsigned())),
                argumentSet("no alg", honest().withoutHeader("alg")),
                argumentSet(
                        "HS256, the public key as secret", honest().signedWith("HS256", TokenForge.hmac(publicKey))),
                argumentSet(
                        "HS256, the public key's PEM as secret",
                        honest().signedWith(
                                        "HS256", TokenForge.hmac(pem(publicKey).getBytes(UTF_8)))),
                argumentSet("RS384", honest().signedWith("RS384", TokenForge.rsa("SHA384withRSA", KEYS))),
                argumentSet("RS512", honest().signedWith("RS512", TokenForge.rsa("SHA512withRSA", KEYS))),
                argumentSet("PS256", honest().signedWith("PS256", TokenForge.pss(KEYS))),
                argumentSet("RS512 called RS256", honest().signedWith("RS256", TokenForge.rsa("SHA512withRSA", KEYS))),
                argumentSet("another's key", honest().signedBy(STRANGERS_KEYS)),
                argumentSet("another published key's id", honest().withHeader("kid", OTHER_KEY_ID)),
                argumentSet("an unknown key id", honest().withHeader("kid", "key-9")),
                argumentSet("no key id", honest().withoutHeader("kid")),
                argumentSet(
                        "a key brought along", honest().signedBy(STRANGERS_KEYS).withHeader("jwk", jwk((RSAPublicKey)
                                STRANGERS_KEYS.getPublic()))),
                argumentSet(
                        "an extension that must be understood",
                        honest().withHeader("crit", List.of("x")).withHeader("x", 1)),
                argumentSet("compressed", honest().withHeader("zip", "DEF")),
                argumentSet("expired", honest().with("exp", NOW.minusSeconds(1).getEpochSecond())),
                argumentSet(
                        "not valid yet",
                        honest().with("nbf", NOW.plusSeconds(10).getEpochSecond())),
                argumentSet(
                        "issued in the future",
                        honest().with("iat", NOW.plusSeconds(61).getEpochSecond())),
                argumentSet("no exp", honest().without("exp")),
                argumentSet("no iat", honest().without("iat")),
                argumentSet("no sub", honest().without("sub")),
                argumentSet("no sid", honest().without("sid")),
                argumentSet("no role", honest().without("role")),
                argumentSet("no ver", honest().without("ver")),
                argumentSet("no iss", honest().without("iss")),
                argumentSet("no aud", honest().without("aud")),
                argumentSet("another issuer", honest().with("iss", "kontor.example.com")),
                argumentSet("another audience", honest().with("aud", List.of("other"))),
                argumentSet("an unknown role", honest().with("role", "ROOT")),
                argumentSet("a role in lower case", honest().with("role", "admin")),
                argumentSet("a role that is a list", honest().with("role", List.of("ADMIN"))),
                argumentSet("a version that is text", honest().with("ver", "7")),
                argumentSet("longer than 8,192 characters", honest().with("pad", "x".repeat(8_000))));
    }

    @ParameterizedTest
    @MethodSource
    void forged(TokenForge token) {
        refused(token.token());
    }

    static Stream<Arguments> damaged() {
        String token = honest().token();
        String[] parts = token.split("\\.");
        String admin = honest().with("role", "ADMIN").token().split("\\.")[1];
        return Stream.of(
                argumentSet("nothing", ""),
                argumentSet("space", " "),
                argumentSet("garbage", "garbage"),
                argumentSet("dots", ".."),
                argumentSet("garbage in three parts", "a.b.c"),
                argumentSet("no signature", parts[0] + "." + parts[1]),
                argumentSet("an empty signature", parts[0] + "." + parts[1] + "."),
                argumentSet("half a signature", token.substring(0, token.length() - 100)),
                argumentSet("a segment more", token + ".x"),
                argumentSet("two segments more", token + ".x.y"),
                argumentSet("another's claims", parts[0] + "." + admin + "." + parts[2]),
                argumentSet(
                        "claims that are no JSON",
                        parts[0] + "." + TokenForge.encoded("x".getBytes(UTF_8)) + "." + parts[2]),
                argumentSet("garbage that is too long", "x".repeat(1_000_000)));
    }

    @ParameterizedTest
    @MethodSource
    void damaged(String token) {
        refused(token);
    }

    @Test
    void an_accepted_token_is_remembered() {
        String token = honest().token();

        Caller first = verifier.verify(token);

        assertThat(verifier.verify(token)).isSameAs(first);
    }

    @Test
    void a_refused_one_is_not() {
        String token =
                honest().with("iat", NOW.plusSeconds(61).getEpochSecond()).token();
        refused(token);

        clock.advance(Duration.ofSeconds(1));

        assertThat(verifier.verify(token).customerId()).isEqualTo("customer-1");
    }

    @Test
    void a_remembered_token_ends_all_the_same() {
        String token = honest().token();
        verifier.verify(token);

        clock.advance(Duration.ofSeconds(901));

        refused(token);
    }

    @Test
    void a_token_does_not_show_itself_in_logs() {
        String token = honest().token();

        assertThat(verifier.verify(token).toString()).isEqualTo("Caller[customer-1, CUSTOMER]");
    }

    private static String pem(byte[] key) {
        return "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(key)
                + "\n-----END PUBLIC KEY-----\n";
    }

    private static Map<String, Object> jwk(RSAPublicKey key) {
        return Map.of(
                "kty", "RSA",
                "n", TokenForge.encoded(key.getModulus().toByteArray()),
                "e", TokenForge.encoded(key.getPublicExponent().toByteArray()));
    }
}
