package dev.kontor.grpc.identity;

import static dev.kontor.testsupport.TokenForge.KEYS;
import static dev.kontor.testsupport.TokenForge.NOW;
import static dev.kontor.testsupport.TokenForge.STRANGERS_KEYS;
import static dev.kontor.testsupport.TokenForge.encoded;
import static dev.kontor.testsupport.TokenForge.hmac;
import static dev.kontor.testsupport.TokenForge.honest;
import static dev.kontor.testsupport.TokenForge.rsa;
import static dev.kontor.testsupport.TokenForge.zeros;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.testsupport.MutableClock;
import dev.kontor.testsupport.TokenForge;
import dev.kontor.testsupport.TokenForge.Json;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Invalid access tokens are refused, always in the same way. Each row has an accepted token and one that differs from
 * it in one detail.
 */
class RefusedTokensTest {

    private static final String OTHER_KEY_ID = "key-2";
    private static final long SECOND = NOW.getEpochSecond();

    private final TokenVerifier verifier =
            new TokenVerifier(RefusedTokensTest::publishedKey, Revocations.NONE, new MutableClock(NOW));

    private static Optional<RSAPublicKey> publishedKey(String keyId) {
        return switch (keyId) {
            case TokenForge.KEY_ID -> Optional.of(TokenForge.publicKey());
            case OTHER_KEY_ID -> Optional.of((RSAPublicKey) STRANGERS_KEYS.getPublic());
            default -> Optional.empty();
        };
    }

    private void acceptedAndRefused(String accepted, String forged) {
        assertThat(verifier.verify(accepted).token()).isEqualTo(accepted);

        RefusedException refused = catchThrowableOfType(RefusedException.class, () -> verifier.verify(forged));

        assertThat(refused).as("the refusal").isNotNull();
        assertThat(refused.problem()).isEqualTo(Problem.UNAUTHENTICATED);
        assertThat(refused.detail()).as("the same for every reason").isEqualTo(Problem.UNAUTHENTICATED.title());
        assertThat(refused.attributes()).isEmpty();
        assertThat(refused.getMessage()).isEqualTo(Problem.UNAUTHENTICATED.title());
    }

    private static Arguments forged(String how, UnaryOperator<TokenForge> change) {
        return forged(how, honest(), change);
    }

    private static Arguments forged(String how, TokenForge accepted, UnaryOperator<TokenForge> change) {
        return argumentSet(how, accepted.token(), change.apply(accepted).token());
    }

    static Stream<Arguments> signed_otherwise() {
        byte[] der = KEYS.getPublic().getEncoded();
        String base64 = Base64.getMimeEncoder().encodeToString(der);
        String pem = "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n";
        return Stream.concat(
                Stream.of("none", "None", "NONE", "nOnE", "none ", "", "rs256", "RSA", "null")
                        .map(alg -> forged("alg '" + alg + "'", token -> token.withHeader("alg", alg))),
                Stream.of(
                        forged("alg none, no signature", token -> token.signedWith("none", zeros(0))),
                        forged("RS256, a signature of zeros", token -> token.signedWith("RS256", zeros(256))),
                        forged("no alg", token -> token.withoutHeader("alg")),
                        forged("alg that is null", token -> token.withHeader("alg", new Json("null"))),
                        forged("alg that is a list", token -> token.withHeader("alg", List.of("RS256"))),
                        forged("alg twice", token -> token.withHeaderTwice("alg")),
                        forged("HS256 with the public key, DER", token -> token.signedWith("HS256", hmac(der))),
                        forged(
                                "HS256 with the public key, PEM",
                                token -> token.signedWith("HS256", hmac(pem.getBytes(UTF_8)))),
                        forged(
                                "HS256 with the public key, PEM without its last line's end",
                                token -> token.signedWith(
                                        "HS256", hmac(pem.strip().getBytes(UTF_8)))),
                        forged("RS384", token -> token.signedWith("RS384", rsa("SHA384withRSA", KEYS))),
                        forged("RS512", token -> token.signedWith("RS512", rsa("SHA512withRSA", KEYS))),
                        forged("RS512 called RS256", token -> token.signedWith("RS256", rsa("SHA512withRSA", KEYS))),
                        forged("RS1", token -> token.signedWith("RS1", rsa("SHA1withRSA", KEYS))),
                        forged("PS256", token -> token.signedWith("PS256", TokenForge.pss(KEYS))),
                        forged("PS256 called RS256", token -> token.signedWith("RS256", TokenForge.pss(KEYS))),
                        forged("RS256 called PS256", token -> token.withHeader("alg", "PS256")),
                        forged("RS256 called ES256", token -> token.withHeader("alg", "ES256")),
                        forged("ES256 of zeros", token -> token.signedWith("ES256", zeros(64))),
                        forged("a stranger's signature", token -> token.signedBy(STRANGERS_KEYS))));
    }

    static Stream<Arguments> key_ids() {
        String honest = TokenForge.KEY_ID;
        return Stream.concat(
                Stream.of(
                                "",
                                " ",
                                honest + " ",
                                honest.toUpperCase(Locale.ROOT),
                                honest + "\\u0000",
                                "key-9",
                                OTHER_KEY_ID,
                                "../../etc/passwd",
                                "/dev/null",
                                "' OR '1'='1",
                                "https://evil.example/key",
                                "x".repeat(5_000))
                        .map(kid -> forged("kid " + kid, token -> token.withHeader("kid", kid))),
                Stream.of(
                        forged("no kid", token -> token.withoutHeader("kid")),
                        forged("kid of 10 kB", token -> token.withHeader("kid", "k".repeat(10_000))),
                        forged("kid that is null", token -> token.withHeader("kid", new Json("null"))),
                        forged("kid that is a number", token -> token.withHeader("kid", 1)),
                        forged("kid that is a list", token -> token.withHeader("kid", List.of(honest))),
                        forged("kid twice", token -> token.withHeaderTwice("kid"))));
    }

    static Stream<Arguments> headers() {
        RSAPublicKey published = TokenForge.publicKey();
        Map<String, Object> jwk = Map.of(
                "kty", "RSA",
                "n", encoded(published.getModulus().toByteArray()),
                "e", encoded(published.getPublicExponent().toByteArray()));
        TokenForge strangers = honest().withHeader("kid", OTHER_KEY_ID).signedBy(STRANGERS_KEYS);
        return Stream.of(
                forged("no typ", token -> token.withoutHeader("typ")),
                forged("typ JWT", token -> token.withHeader("typ", "JWT")),
                forged("typ of a refresh token", token -> token.withHeader("typ", "rt+jwt")),
                forged("typ in other letters", token -> token.withHeader("typ", "AT+JWT")),
                forged("typ that is a number", token -> token.withHeader("typ", 1)),
                forged("typ twice", token -> token.withHeaderTwice("typ")),
                forged("cty that is empty", token -> token.withHeader("cty", "")),
                forged("x5u that is null", token -> token.withHeader("x5u", new Json("null"))),
                forged("cty", token -> token.withHeader("cty", "JWT")),
                forged("the key brought along", token -> token.withHeader("jwk", jwk)),
                forged("another key's id, its own key brought along", strangers, token -> token.withHeader("jwk", jwk)),
                forged("jku", token -> token.withHeader("jku", "https://evil.example/jwks.json")),
                forged("x5u", token -> token.withHeader("x5u", "https://evil.example/cert")),
                forged("x5c", token -> token.withHeader("x5c", List.of("MIIB"))),
                forged("x5t", token -> token.withHeader("x5t", "AAAA")),
                forged("crit that is empty", token -> token.withHeader("crit", List.of())),
                forged("crit that names nothing there", token -> token.withHeader("crit", List.of("x"))),
                forged("crit that names what is known", token -> token.withHeader("crit", List.of("typ"))),
                forged("crit b64", token -> token.withHeader("crit", List.of("b64"))),
                forged("b64", token -> token.withHeader("b64", false)),
                forged("zip", token -> token.withHeader("zip", "DEF")),
                forged("enc", token -> token.withHeader("enc", "A256GCM")),
                forged("an unknown header", token -> token.withHeader("x", 1)));
    }

    static Stream<Arguments> times() {
        return Stream.of(
                forged("exp now", honest().with("exp", SECOND + 1), token -> token.with("exp", SECOND)),
                forged("exp a second ago", token -> token.with("exp", SECOND - 1)),
                forged("no exp", token -> token.without("exp")),
                forged("exp that is null", token -> token.with("exp", new Json("null"))),
                forged("exp as text", token -> token.with("exp", Long.toString(SECOND + 900))),
                forged("exp as a date", token -> token.with("exp", "2026-03-01T12:15:00Z")),
                forged("exp with a fraction", token -> token.with("exp", new Json(SECOND + 900 + ".0"))),
                forged("exp with an exponent", token -> token.with("exp", new Json(SECOND + 900 + "e0"))),
                forged("exp beyond 64 bits", token -> token.with("exp", new Json("9".repeat(30)))),
                forged("exp at the end of 64 bits", token -> token.with("exp", Long.MAX_VALUE)),
                forged("exp in milliseconds", token -> token.with("exp", (SECOND + 900) * 1_000)),
                forged("exp below zero", token -> token.with("exp", -1)),
                forged("exp that is true", token -> token.with("exp", true)),
                forged("exp twice", token -> token.withTwice("exp")),
                forged("a second longer than tokens live", token -> token.with("exp", SECOND + 901)),
                forged("iat 61 s ahead", honest().with("iat", SECOND + 60), token -> token.with("iat", SECOND + 61)),
                forged("iat that makes it live too long", token -> token.with("iat", SECOND - 1)),
                forged("no iat", token -> token.without("iat")),
                forged("iat as text", token -> token.with("iat", Long.toString(SECOND))),
                forged("iat with a fraction", token -> token.with("iat", new Json(SECOND + ".5"))),
                forged("iat after exp", honest().with("exp", SECOND + 30), token -> token.with("iat", SECOND + 31)),
                forged("nbf in a second", honest().with("nbf", SECOND), token -> token.with("nbf", SECOND + 1)),
                forged("nbf as text", honest().with("nbf", SECOND), token -> token.with("nbf", "" + SECOND)));
    }

    static Stream<Arguments> claims() {
        return Stream.of(
                forged("no iss", token -> token.without("iss")),
                forged("another iss", token -> token.with("iss", "https://kontor")),
                forged("iss in other letters", token -> token.with("iss", "Kontor")),
                forged("iss that is a list", token -> token.with("iss", List.of("kontor"))),
                forged("no aud", token -> token.without("aud")),
                forged("another aud", token -> token.with("aud", List.of("other"))),
                forged("aud among others", token -> token.with("aud", List.of("kontor", "other"))),
                forged("aud twice in its list", token -> token.with("aud", List.of("kontor", "kontor"))),
                forged("aud that is empty", token -> token.with("aud", List.of())),
                forged("aud as text", token -> token.with("aud", "kontor")),
                forged("aud twice", token -> token.withTwice("aud")),
                forged("no sub", token -> token.without("sub")),
                forged("sub that is empty", token -> token.with("sub", "")),
                forged("sub that is a number", token -> token.with("sub", 1)),
                forged("sub that is an e-mail", token -> token.with("sub", "ann@example.com")),
                forged("sub that is nearly the operator", token -> token.with("sub", "Operator")),
                forged("sub in capitals", token -> token.with("sub", TokenForge.CUSTOMER_ID.replace('a', 'A'))),
                forged("sub with a space", token -> token.with("sub", TokenForge.CUSTOMER_ID + " ")),
                forged("sub twice", token -> token.withTwice("sub")),
                forged("no sid", token -> token.without("sid")),
                forged("sid that is no UUID", token -> token.with("sid", "session-1")),
                forged("sid that is a list", token -> token.with("sid", List.of(TokenForge.SESSION_ID))),
                forged("no role", token -> token.without("role")),
                forged("an unknown role", token -> token.with("role", "ROOT")),
                forged("a role in small letters", token -> token.with("role", "admin")),
                forged("a list of roles", token -> token.with("role", List.of("ADMIN"))),
                forged("role twice", token -> token.withTwice("role")),
                forged("no ver", token -> token.without("ver")),
                forged("ver as text", token -> token.with("ver", "7")),
                forged("ver with a fraction", token -> token.with("ver", new Json("7.0"))),
                forged("ver below zero", token -> token.with("ver", -1)),
                forged("ver beyond 64 bits", token -> token.with("ver", new Json("9223372036854775808"))),
                forged("a claim that is no JSON", token -> token.with("x", new Json("'x'"))),
                forged("more behind the claims", token -> token.with("x", new Json("1}{\"y\":2"))),
                forged("longer than 8,192 characters", token -> token.with("pad", "x".repeat(8_000))));
    }

    static Stream<Arguments> texts() {
        String token = honest().token();
        String[] parts = token.split("\\.");
        String admin = honest().with("role", "ADMIN").token().split("\\.")[1];
        char last = token.charAt(token.length() - 1);
        String json = "{\"payload\":\"%s\",\"protected\":\"%s\",\"signature\":\"%s\"}"
                .formatted(parts[1], parts[0], parts[2]);
        return Stream.of(
                        Map.entry("nothing", ""),
                        Map.entry("space before", " " + token),
                        Map.entry("space after", token + " "),
                        Map.entry("a line's end after", token + "\n"),
                        Map.entry("dots", ".."),
                        Map.entry("no signature", parts[0] + "." + parts[1]),
                        Map.entry("an empty signature", parts[0] + "." + parts[1] + "."),
                        Map.entry("half a signature", token.substring(0, token.length() - 100)),
                        Map.entry(
                                "bits to spare that are set",
                                token.substring(0, token.length() - 1) + (char) (last + 1)),
                        Map.entry("padding", token + "=="),
                        Map.entry("padding in the header", parts[0] + "=." + parts[1] + "." + parts[2]),
                        Map.entry("another alphabet", token + "+/"),
                        Map.entry("a segment more", token + ".x"),
                        Map.entry("an empty segment more", token + "."),
                        Map.entry("five segments, as of a JWE", token + "." + parts[1] + "." + parts[2]),
                        Map.entry("the JSON serialization", json),
                        Map.entry("the JSON serialization, encoded", encoded(json.getBytes(UTF_8))),
                        Map.entry("another's claims", parts[0] + "." + admin + "." + parts[2]),
                        Map.entry("a refresh token", TokenForge.SESSION_ID + "." + "x".repeat(43)),
                        Map.entry("much too long", "x".repeat(1_000_000)))
                .map(row -> argumentSet(row.getKey(), token, row.getValue()));
    }

    @ParameterizedTest
    @MethodSource({"signed_otherwise", "key_ids", "headers", "times", "claims", "texts"})
    void every_invalid_token_is_refused_in_the_same_way(String accepted, String forged) {
        acceptedAndRefused(accepted, forged);
    }

    /** Here the time differs, not the token. */
    @Test
    void a_token_expires_without_leeway() {
        MutableClock clock = new MutableClock(NOW);
        TokenVerifier late = new TokenVerifier(RefusedTokensTest::publishedKey, Revocations.NONE, clock);
        clock.advance(TokenVerifier.LIFETIME.minus(Duration.ofNanos(1)));
        late.verify(honest().token());

        clock.advance(Duration.ofNanos(1));

        assertThat(catchThrowableOfType(RefusedException.class, () -> late.verify(honest().token()))
                        .problem())
                .isEqualTo(Problem.UNAUTHENTICATED);
    }
}
