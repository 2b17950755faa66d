package dev.kontor.standalone.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Forgeries that a customer makes of their own token to be an admin. */
public final class ForgedTokens {

    private ForgedTokens() {}

    /** By the kind of forgery. */
    public static Map<String, String> of(String token) {
        String[] parts = token.split("\\.");
        String header = parts[0];
        String adminClaims = encode(decode(parts[1]).replace("\"CUSTOMER\"", "\"ADMIN\""));
        if (adminClaims.equals(parts[1])) {
            throw new IllegalArgumentException("This token is no customer's: " + decode(parts[1]));
        }
        Map<String, String> forged = new TreeMap<>();
        forged.put("other claims under the old signature", header + "." + adminClaims + "." + parts[2]);
        forged.put("another signature", header + "." + parts[1] + "." + flipped(parts[2]));
        forged.put("no signature", header + "." + parts[1] + ".");
        forged.put("no algorithm", encode("{\"alg\":\"none\"}") + "." + adminClaims + ".");
        forged.put("signed with another key under the same key id", signedWithAnotherKey(header, adminClaims));
        forged.put(
                "signed with a password",
                signedWithAPassword(encode(decode(header).replace("RS256", "HS256")), adminClaims));
        forged.put("cut short", token.substring(0, token.length() / 2));
        forged.put("not a token", "secret");
        return forged;
    }

    private static String signedWithAnotherKey(String header, String claims) {
        try {
            KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
            keys.initialize(2048);
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.generateKeyPair().getPrivate());
            signature.update((header + "." + claims).getBytes(StandardCharsets.US_ASCII));
            return header + "." + claims + "." + encode(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String signedWithAPassword(String header, String claims) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec("password".getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            byte[] signature = mac.doFinal((header + "." + claims).getBytes(StandardCharsets.US_ASCII));
            return header + "." + claims + "." + encode(signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String flipped(String signature) {
        return (signature.startsWith("A") ? "B" : "A") + signature.substring(1);
    }

    private static String decode(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }

    private static String encode(String text) {
        return encode(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
