package dev.kontor.testsupport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes tokens as Kontor's token issuer does, and tokens that differ in one detail. Each change returns a new forge, so
 * that no forgery inherits another.
 */
public record TokenForge(Map<String, Object> header, Map<String, Object> claims, Signing signing) {

    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    public static final String KEY_ID = "key-1";
    public static final String CUSTOMER_ID = "0197a3c2-0000-7000-8000-000000000001";
    public static final String SESSION_ID = "0197a3c2-0000-7000-8000-000000000002";
    public static final KeyPair KEYS = newKeys();
    public static final KeyPair STRANGERS_KEYS = newKeys();

    private static final JsonMapper JSON = new JsonMapper();

    /** Literal JSON in the token. */
    public record Json(String text) {}

    public interface Signing {
        byte[] sign(byte[] content) throws GeneralSecurityException;
    }

    /** A token that is accepted at {@link #NOW}. */
    public static TokenForge honest() {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", "kontor");
        claims.put("aud", List.of("kontor"));
        claims.put("sub", CUSTOMER_ID);
        claims.put("sid", SESSION_ID);
        claims.put("role", "CUSTOMER");
        claims.put("ver", 7);
        claims.put("iat", NOW.getEpochSecond());
        claims.put("exp", NOW.plusSeconds(900).getEpochSecond());
        Map<String, Object> header = new LinkedHashMap<>(Map.of("kid", KEY_ID, "alg", "RS256", "typ", "at+jwt"));
        return new TokenForge(header, claims, rsa("SHA256withRSA", KEYS));
    }

    /** A token that is written anew, signed with these keys. */
    public static TokenForge like(String token, KeyPair keys) {
        String[] parts = token.split("\\.");
        return new TokenForge(members(parts[0]), members(parts[1]), rsa("SHA256withRSA", keys));
    }

    private static Map<String, Object> members(String part) {
        Map<String, Object> members = new LinkedHashMap<>();
        JSON.readTree(Base64.getUrlDecoder().decode(part))
                .properties()
                .forEach(member ->
                        members.put(member.getKey(), new Json(member.getValue().toString())));
        return members;
    }

    public static RSAPublicKey publicKey() {
        return (RSAPublicKey) KEYS.getPublic();
    }

    /** The number of a claim. */
    public long number(String claim) {
        return Long.parseLong(json(claims.get(claim)));
    }

    public TokenForge lasting(Instant from, Instant until) {
        return with("iat", from.getEpochSecond()).with("exp", until.getEpochSecond());
    }

    public TokenForge with(String claim, Object value) {
        return new TokenForge(header, put(claims, claim, value), signing);
    }

    public TokenForge without(String claim) {
        return new TokenForge(header, remove(claims, claim), signing);
    }

    public TokenForge withHeader(String name, Object value) {
        return new TokenForge(put(header, name, value), claims, signing);
    }

    public TokenForge withoutHeader(String name) {
        return new TokenForge(remove(header, name), claims, signing);
    }

    /** Repeats the claim with the same value. */
    public TokenForge withTwice(String claim) {
        return new TokenForge(header, put(claims, claim, twice(claim, claims)), signing);
    }

    public TokenForge withHeaderTwice(String name) {
        return new TokenForge(put(header, name, twice(name, header)), claims, signing);
    }

    private static Json twice(String name, Map<String, Object> members) {
        String value = json(members.get(name));
        return new Json(value + ",\"" + name + "\":" + value);
    }

    public TokenForge signedWith(String algorithm, Signing other) {
        return new TokenForge(put(header, "alg", algorithm), claims, other);
    }

    public TokenForge signedBy(KeyPair keys) {
        return new TokenForge(header, claims, rsa("SHA256withRSA", keys));
    }

    public static Signing rsa(String algorithm, KeyPair keys) {
        return content -> sign(Signature.getInstance(algorithm), keys.getPrivate(), content);
    }

    public static Signing pss(KeyPair keys) {
        return content -> {
            Signature signature = Signature.getInstance("RSASSA-PSS");
            signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
            return sign(signature, keys.getPrivate(), content);
        };
    }

    public static Signing hmac(byte[] secret) {
        return content -> {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(content);
        };
    }

    /** As many zeros. */
    public static Signing zeros(int length) {
        return content -> new byte[length];
    }

    public String token() {
        String content = encoded(json(header).getBytes(UTF_8)) + "."
                + encoded(json(claims).getBytes(UTF_8));
        try {
            return content + "." + encoded(signing.sign(content.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] sign(Signature signature, PrivateKey key, byte[] content) throws GeneralSecurityException {
        signature.initSign(key);
        signature.update(content);
        return signature.sign();
    }

    public static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String json(Object value) {
        return switch (value) {
            case Map<?, ?> members ->
                members.entrySet().stream()
                        .map(member -> json(member.getKey()) + ":" + json(member.getValue()))
                        .collect(Collectors.joining(",", "{", "}"));
            case List<?> items -> items.stream().map(TokenForge::json).collect(Collectors.joining(",", "[", "]"));
            case Json asItIs -> asItIs.text();
            case String text -> "\"" + text + "\"";
            default -> value.toString();
        };
    }

    private static Map<String, Object> put(Map<String, Object> to, String name, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(to);
        changed.put(name, value);
        return changed;
    }

    private static Map<String, Object> remove(Map<String, Object> from, String name) {
        Map<String, Object> changed = new LinkedHashMap<>(from);
        if (changed.remove(name) == null) {
            throw new IllegalArgumentException("There is no " + name);
        }
        return changed;
    }

    /** RSA of 2,048 bits. */
    public static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
