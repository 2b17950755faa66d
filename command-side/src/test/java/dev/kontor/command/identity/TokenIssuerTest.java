package dev.kontor.command.identity;

import static dev.kontor.command.platform.Scenario.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kontor.api.customer.Role;
import dev.kontor.api.identity.SessionId;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.grpc.identity.Caller;
import dev.kontor.grpc.identity.Revocations;
import dev.kontor.grpc.identity.TokenVerifier;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenIssuerTest {

    private static final CustomerId ANNA = CustomerId.mint();
    private static final SessionId SESSION = SessionId.mint();

    @TempDir
    private Path folder;

    private SigningKeySetup setup;
    private TokenIssuer authority;
    private TokenVerifier verifier;

    @BeforeEach
    void start() {
        setup = new SigningKeySetup(folder);
        authority = setup.start().authority();
        verifier = new TokenVerifier(authority, Revocations.NONE, setup.clock);
    }

    @AfterEach
    void stop() {
        setup.close();
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String header(String token) {
        return new String(Base64.getUrlDecoder().decode(token.split("\\.")[0]), StandardCharsets.UTF_8);
    }

    private String kid() {
        return authority.list().newest();
    }

    private void refused(String token) {
        assertThat(catchThrowableOfType(RefusedException.class, () -> verifier.verify(token))
                        .problem())
                .isEqualTo(Problem.UNAUTHENTICATED);
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
    void an_operator_is_an_admin_without_an_account() {
        Caller operator = verifier.verify(authority.issueToOperator());

        assertThat(operator.isAdmin()).isTrue();
        assertThat(operator.customerId()).isEqualTo("operator");
        assertThat(operator.expiresAt()).isEqualTo(NOON.plus(TokenIssuer.ACCESS_TOKEN_LIFETIME));
    }

    @Test
    void a_token_names_its_session() {
        Caller caller = verifier.verify(authority.issue(ANNA, SESSION, Role.CUSTOMER, 1));

        assertThat(caller.sessionId()).isEqualTo(SESSION.value());
    }

    @Test
    void a_token_ends_after_15_minutes() {
        String token = authority.issue(ANNA, SESSION, Role.CUSTOMER, 1);
        setup.clock.advance(Duration.ofMinutes(15).minusSeconds(1));
        verifier.verify(token);

        setup.clock.advance(Duration.ofSeconds(1));

        refused(token);
    }

    @Test
    void another_authority_s_token_does_not_verify(@TempDir Path elsewhere) {
        try (SigningKeySetup other = new SigningKeySetup(elsewhere)) {
            refused(other.start().authority().issue(ANNA, SESSION, Role.ADMIN, 1));
        }
    }

    /** A second implementation of the RFC. */
    @Test
    void the_key_s_id_is_its_rfc_7638_thumbprint() throws Exception {
        RSAPublicKey key = authority.byId(kid()).orElseThrow();
        byte[] unsigned = new byte[256];
        byte[] signed = key.getModulus().toByteArray();
        System.arraycopy(signed, signed.length - 256, unsigned, 0, 256);
        assertThat(key.getPublicExponent()).isEqualTo(65_537);
        String canonical = "{\"e\":\"AQAB\",\"kty\":\"RSA\",\"n\":\"" + encoded(unsigned) + "\"}";
        String thumbprint =
                encoded(MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.US_ASCII)));

        assertThat(kid()).isEqualTo(thumbprint);
        assertThat(header(authority.issue(ANNA, SESSION, Role.CUSTOMER, 1)))
                .contains("\"kid\":\"" + thumbprint + "\"")
                .contains("\"alg\":\"RS256\"")
                .contains("\"typ\":\"at+jwt\"");
    }

    @Test
    void its_private_key_is_kept_wrapped() {
        byte[] kept = setup.keyRing.kept().get("signing/" + kid());
        BigInteger modulus = authority.byId(kid()).orElseThrow().getModulus();

        assertThat(new BigInteger(1, kept).toString(16))
                .doesNotContain(modulus.toString(16).substring(0, 64));
    }

    @Test
    void it_knows_no_key_but_its_own() {
        assertThat(authority.byId(kid())).isPresent();
        assertThat(authority.byId("another")).isEmpty();
    }

    @Test
    void before_it_has_read_the_list_it_signs_nothing() {
        TokenIssuer fresh = setup.prepare(SigningKeySetup.MASTER_KEY, setup.keyRing, setup.commands())
                .authority();

        RefusedException refused =
                catchThrowableOfType(RefusedException.class, () -> fresh.issue(ANNA, SESSION, Role.CUSTOMER, 1));

        assertThat(refused.problem()).isEqualTo(Problem.UNAVAILABLE);
    }
}
