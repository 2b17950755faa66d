package dev.kontor.standalone.identity;

import static dev.kontor.testsupport.TokenForge.hmac;
import static dev.kontor.testsupport.TokenForge.pss;
import static dev.kontor.testsupport.TokenForge.rsa;
import static dev.kontor.testsupport.TokenForge.zeros;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kontor.testsupport.TokenForge;
import dev.kontor.testsupport.TokenForge.Json;
import java.security.KeyPair;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Tokens by the kind of forgery, each of which differs in one thing from a valid one. */
final class Forgeries {

    private final TokenForge accepted;
    private final KeyPair keys;
    private final Map<String, String> forged = new LinkedHashMap<>();

    private Forgeries(TokenForge accepted, KeyPair keys) {
        this.accepted = accepted;
        this.keys = keys;
    }

    /**
     * @param keys the true ones, which sign the token
     * @param strangers any others
     */
    static Map<String, String> of(TokenForge accepted, KeyPair keys, KeyPair strangers) {
        Forgeries forgeries = new Forgeries(accepted, keys);
        forgeries.signOtherwise(strangers);
        forgeries.changeHeader();
        forgeries.changeTimes();
        forgeries.changeClaims();
        forgeries.changeText();
        return forgeries.forged;
    }

    private void add(String how, TokenForge forge) {
        add(how, forge.token());
    }

    private void add(String how, String token) {
        if (forged.put(how, token) != null) {
            throw new IllegalArgumentException("Twice: " + how);
        }
    }

    private void signOtherwise(KeyPair strangers) {
        byte[] der = keys.getPublic().getEncoded();
        String pem = "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(der)
                + "\n-----END PUBLIC KEY-----\n";
        for (String none : new String[] {"none", "None", "NONE", "nOnE", ""}) {
            add("alg '" + none + "', no signature", accepted.signedWith(none, zeros(0)));
            add("alg '" + none + "', the old signature", accepted.withHeader("alg", none));
        }
        add("no alg", accepted.withoutHeader("alg"));
        add("alg twice", accepted.withHeaderTwice("alg"));
        add("RS256, no signature", accepted.signedWith("RS256", zeros(0)));
        add("RS256, zeros", accepted.signedWith("RS256", zeros(256)));
        add("HS256, the public key as DER", accepted.signedWith("HS256", hmac(der)));
        add("HS256, the public key as PEM", accepted.signedWith("HS256", hmac(pem.getBytes(UTF_8))));
        add("RS384", accepted.signedWith("RS384", rsa("SHA384withRSA", keys)));
        add("RS512 called RS256", accepted.signedWith("RS256", rsa("SHA512withRSA", keys)));
        add("PS256", accepted.signedWith("PS256", pss(keys)));
        add("PS256 called RS256", accepted.signedWith("RS256", pss(keys)));
        add("RS256 called PS256", accepted.withHeader("alg", "PS256"));
        add("ES256", accepted.signedWith("ES256", zeros(64)));
        add("RS256 called ES256", accepted.withHeader("alg", "ES256"));
        add("a stranger's key", accepted.signedWith("RS256", rsa("SHA256withRSA", strangers)));
    }

    private void changeHeader() {
        Object[] kids = {
            "",
            "../../../etc/passwd",
            "' OR '1'='1",
            "https://evil.example/key",
            "\\u0000",
            "k".repeat(4_000),
            "A".repeat(43),
            new Json("null"),
            1,
            List.of(accepted.header().get("kid"))
        };
        for (int i = 0; i < kids.length; i++) {
            add("kid " + i, accepted.withHeader("kid", kids[i]));
        }
        add("no kid", accepted.withoutHeader("kid"));
        add("kid twice", accepted.withHeaderTwice("kid"));
        add("no typ", accepted.withoutHeader("typ"));
        add("typ JWT", accepted.withHeader("typ", "JWT"));
        add("jku", accepted.withHeader("jku", "https://evil.example/jwks.json"));
        add("x5u", accepted.withHeader("x5u", "https://evil.example/cert"));
        add("x5c", accepted.withHeader("x5c", List.of("MIIB")));
        add("jwk", accepted.withHeader("jwk", Map.of("kty", "RSA", "e", "AQAB", "n", "AQAB")));
        add("crit", accepted.withHeader("crit", List.of("x")));
        add("crit that is empty", accepted.withHeader("crit", List.of()));
        add("crit b64", accepted.withHeader("crit", List.of("b64")));
        add("zip", accepted.withHeader("zip", "DEF"));
        add("enc", accepted.withHeader("enc", "A256GCM"));
    }

    private void changeTimes() {
        long issued = accepted.number("iat");
        long end = accepted.number("exp");
        add("exp past", accepted.with("exp", issued - 1));
        add("no exp", accepted.without("exp"));
        add("exp null", accepted.with("exp", new Json("null")));
        add("exp with a fraction", accepted.with("exp", new Json(end + ".0")));
        add("exp with an exponent", accepted.with("exp", new Json(end + "e0")));
        add("exp as text", accepted.with("exp", Long.toString(end)));
        add("exp beyond 64 bits", accepted.with("exp", new Json("9".repeat(40))));
        add("exp at the end of 64 bits", accepted.with("exp", Long.MAX_VALUE));
        add("exp a second too far", accepted.with("exp", end + 1));
        add("exp twice", accepted.withTwice("exp"));
        add("nbf ahead", accepted.with("nbf", end - 1));
        add("iat ahead", accepted.with("iat", end - 1));
        add("no iat", accepted.without("iat"));
        add("iat a second too early", accepted.with("iat", issued - 1));
    }

    private void changeClaims() {
        add("no aud", accepted.without("aud"));
        add("another aud", accepted.with("aud", List.of("other")));
        add("aud among others", accepted.with("aud", List.of("kontor", "other")));
        add("another iss", accepted.with("iss", "https://kontor"));
        add("no iss", accepted.without("iss"));
        add("no sub", accepted.without("sub"));
        add("sub that is no id", accepted.with("sub", "ann@example.com"));
        add("sub twice", accepted.withTwice("sub"));
        add("no sid", accepted.without("sid"));
        add("sid that is no id", accepted.with("sid", 7));
        add("no role", accepted.without("role"));
        add("another role", accepted.with("role", "ROOT"));
        add("role twice", accepted.withTwice("role"));
        add("no ver", accepted.without("ver"));
        add("ver as text", accepted.with("ver", Long.toString(accepted.number("ver"))));
        add("ver below zero", accepted.with("ver", -1));
    }

    private void changeText() {
        String token = accepted.token();
        String[] parts = token.split("\\.");
        String admin =
                accepted.with("role", "ADMIN").with("sub", "operator").token().split("\\.")[1];
        String json = "{\"payload\":\"%s\",\"protected\":\"%s\",\"signature\":\"%s\"}"
                .formatted(parts[1], parts[0], parts[2]);
        add("an empty signature", parts[0] + "." + parts[1] + ".");
        add("no signature", parts[0] + "." + parts[1]);
        add("another's claims", parts[0] + "." + admin + "." + parts[2]);
        add("a segment more", token + ".x");
        add("five segments", token + "." + parts[1] + "." + parts[2]);
        add("padding", token + "==");
        add(
                "bits to spare that are set",
                token.substring(0, token.length() - 1) + (char) (token.charAt(token.length() - 1) + 1));
        add("the JSON serialization", json);
        add("a refresh token", UUID.randomUUID() + "." + "x".repeat(43));
        add("garbage", "garbage");
    }
}
