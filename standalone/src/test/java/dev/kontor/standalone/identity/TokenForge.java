package dev.kontor.standalone.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;

/**
 * A token as an attacker with the private key would write it. Its members are JSON texts by their names, so that each
 * can be written in any way; every change returns another forge.
 */
record TokenForge(Map<String, String> header, Map<String, String> claims, Signing signing) {

    private static final JsonMapper JSON = new JsonMapper();

    interface Signing {
        byte[] sign(byte[] content) throws GeneralSecurityException;
    }

    /** Writes this token, signed with this key. */
    static TokenForge like(String token, PrivateKey key) {
        String[] parts = token.split("\\.");
        return new TokenForge(members(parts[0]), members(parts[1]), rsa("SHA256withRSA", key));
    }

    private static Map<String, String> members(String part) {
        Map<String, String> members = new LinkedHashMap<>();
        JSON.readTree(Base64.getUrlDecoder().decode(part))
                .properties()
                .forEach(
                        member -> members.put(member.getKey(), member.getValue().toString()));
        return members;
    }

    /** The number of a claim. */
    long number(String claim) {
        return Long.parseLong(claims.get(claim));
    }

    TokenForge with(String claim, Object json) {
        return new TokenForge(header, changed(claims, claim, json), signing);
    }

    TokenForge without(String claim) {
        return new TokenForge(header, without(claims, claim), signing);
    }

    TokenForge withTwice(String claim) {
        return with(claim, twice(claim, claims));
    }

    TokenForge withHeader(String name, Object json) {
        return new TokenForge(changed(header, name, json), claims, signing);
    }

    TokenForge withoutHeader(String name) {
        return new TokenForge(without(header, name), claims, signing);
    }

    TokenForge withHeaderTwice(String name) {
        return withHeader(name, twice(name, header));
    }

    TokenForge signed(String algorithm, Signing other) {
        return new TokenForge(changed(header, "alg", "\"" + algorithm + "\""), claims, other);
    }

    TokenForge signed(Signing other) {
        return new TokenForge(header, claims, other);
    }

    static Signing rsa(String algorithm, PrivateKey key) {
        return content -> sign(Signature.getInstance(algorithm), key, content);
    }

    static Signing pss(PrivateKey key) {
        return content -> {
            Signature signature = Signature.getInstance("RSASSA-PSS");
            signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
            return sign(signature, key, content);
        };
    }

    static Signing hmac(byte[] secret) {
        return content -> {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(content);
        };
    }

    static Signing bytes(int length) {
        return content -> new byte[length];
    }

    String token() {
        String content = encoded(json(header).getBytes(UTF_8)) + "."
                + encoded(json(claims).getBytes(UTF_8));
        try {
            return content + "." + encoded(signing.sign(content.getBytes(US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] sign(Signature signature, PrivateKey key, byte[] content) throws GeneralSecurityException {
        signature.initSign(key);
        signature.update(content);
        return signature.sign();
    }

    static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String json(Map<String, String> members) {
        return members.entrySet().stream()
                .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String twice(String name, Map<String, String> members) {
        return members.get(name) + ",\"" + name + "\":" + members.get(name);
    }

    private static Map<String, String> changed(Map<String, String> to, String name, Object json) {
        Map<String, String> changed = new LinkedHashMap<>(to);
        changed.put(name, json.toString());
        return changed;
    }

    private static Map<String, String> without(Map<String, String> from, String name) {
        Map<String, String> changed = new LinkedHashMap<>(from);
        if (changed.remove(name) == null) {
            throw new IllegalArgumentException("There is no " + name);
        }
        return changed;
    }
}
