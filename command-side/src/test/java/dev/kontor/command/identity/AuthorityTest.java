package dev.kontor.command.identity;

import static dev.kontor.command.operations.Story.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kontor.api.customer.CustomerId;
import dev.kontor.api.customer.Role;
import dev.kontor.api.identity.SessionId;
import dev.kontor.command.operations.MutableClock;
import dev.kontor.wire.identity.Caller;
import dev.kontor.wire.identity.Revocations;
import dev.kontor.wire.identity.TokenVerifier;
import dev.kontor.wire.operations.Problem;
import dev.kontor.wire.operations.Refused;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class AuthorityTest {

    private static final byte[] MASTER_KEY = new byte[32];
    private static final CustomerId ANNA = CustomerId.mint();
    private static final SessionId SESSION = SessionId.mint();

    private final MemoryKeyRing keyRing = new MemoryKeyRing();
    private final MutableClock clock = new MutableClock(NOON);
    private final Authority authority = new Authority(keyRing, MASTER_KEY, clock);
    private final TokenVerifier verifier = new TokenVerifier(authority, Revocations.NONE, clock);

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String header(String token) {
        return new String(Base64.getUrlDecoder().decode(token.split("\\.")[0]), StandardCharsets.UTF_8);
    }

    @Test
    void a_token_it_issues_verifies() {
        String token = authority.issue(ANNA, SESSION, Role.ADMIN, 5_000_000_000L);

        Caller caller = verifier.verify(token);

        assertThat(caller.customerId()).isEqualTo(ANNA.value());
        assertThat(caller.role()).isEqualTo("ADMIN");
        assertThat(caller.tokenVersion()).isEqualTo(5_000_000_000L);
        assertThat(caller.expiresAt()).isEqualTo(NOON.plus(Duration.ofMinutes(15)));
    }

    @Test
    void an_operator_is_an_admin_and_nobody_s_account() {
        Caller operator = verifier.verify(authority.issueToOperator());

        assertThat(operator.isAdmin()).isTrue();
        assertThat(operator.customerId()).isEqualTo("operator");
        assertThat(operator.expiresAt()).isEqualTo(NOON.plus(Authority.ACCESS_TOKEN_LIFETIME));
    }

    @Test
    void a_token_names_its_session() {
        Caller caller = verifier.verify(authority.issue(ANNA, SESSION, Role.CUSTOMER, 1));

        assertThat(caller.sessionId()).isEqualTo(SESSION.value());
    }

    @Test
    void a_token_ends_after_15_minutes() {
        String token = authority.issue(ANNA, SESSION, Role.CUSTOMER, 1);
        clock.advance(Duration.ofMinutes(15).minusSeconds(1));
        verifier.verify(token);

        clock.advance(Duration.ofSeconds(2));

        assertThat(catchThrowableOfType(Refused.class, () -> verifier.verify(token))
                        .problem())
                .isEqualTo(Problem.UNAUTHENTICATED);
    }

    @Test
    void another_authority_s_token_does_not_verify() {
        String foreign = new Authority(new MemoryKeyRing(), MASTER_KEY, clock).issue(ANNA, SESSION, Role.ADMIN, 1);

        assertThat(catchThrowableOfType(Refused.class, () -> verifier.verify(foreign))
                        .problem())
                .isEqualTo(Problem.UNAUTHENTICATED);
    }

    /** Written out again from the RFC, with other means. */
    @Test
    void the_key_s_id_is_its_rfc_7638_thumbprint() throws Exception {
        BigInteger modulus = authority.publicKey().getModulus();
        byte[] unsigned = new byte[256];
        byte[] signed = modulus.toByteArray();
        System.arraycopy(signed, signed.length - 256, unsigned, 0, 256);
        assertThat(authority.publicKey().getPublicExponent()).isEqualTo(65_537);
        String canonical = "{\"e\":\"AQAB\",\"kty\":\"RSA\",\"n\":\"" + encoded(unsigned) + "\"}";
        String thumbprint =
                encoded(MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.US_ASCII)));

        assertThat(authority.kid()).isEqualTo(thumbprint);
        assertThat(header(authority.issue(ANNA, SESSION, Role.CUSTOMER, 1)))
                .contains("\"kid\":\"" + thumbprint + "\"")
                .contains("\"alg\":\"RS256\"");
    }

    @Test
    void its_key_survives_a_restart() {
        String token = authority.issue(ANNA, SESSION, Role.CUSTOMER, 1);

        Authority restarted = new Authority(keyRing, MASTER_KEY, clock);

        assertThat(restarted.kid()).isEqualTo(authority.kid());
        assertThat(new TokenVerifier(restarted, Revocations.NONE, clock)
                        .verify(token)
                        .customerId())
                .isEqualTo(ANNA.value());
    }

    @Test
    void its_private_key_is_kept_wrapped() {
        byte[] kept = keyRing.kept().get("signing");
        String modulus = authority.publicKey().getModulus().toString(16);

        assertThat(new BigInteger(1, kept).toString(16)).doesNotContain(modulus.substring(0, 64));
    }

    @Test
    void a_wrong_master_key_is_named_as_such() {
        byte[] wrong = new byte[32];
        Arrays.fill(wrong, (byte) 1);

        assertThatIllegalStateException()
                .isThrownBy(() -> new Authority(keyRing, wrong, clock))
                .withMessage("The signing key does not open with this master key");
    }

    @Test
    void it_knows_no_key_but_its_own() {
        assertThat(authority.byId(authority.kid())).contains(authority.publicKey());
        assertThat(authority.byId("another")).isEmpty();
    }
}
