package dev.kontor.standalone.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.kontor.testsupport.TokenForge;
import java.util.Map;
import java.util.TreeMap;

/** Forgeries that a customer makes of their own token to be an admin. */
public final class ForgedTokens {

    private ForgedTokens() {}

    /** By the kind of forgery. */
    public static Map<String, String> of(String token) {
        TokenForge own = TokenForge.like(token, TokenForge.STRANGERS_KEYS);
        if (!own.claims().get("role").equals(new TokenForge.Json("\"CUSTOMER\""))) {
            throw new IllegalArgumentException("This token is no customer's: " + own.claims());
        }
        TokenForge admin = own.with("role", "ADMIN");
        String[] parts = token.split("\\.");
        String adminClaims = admin.token().split("\\.")[1];
        String none = TokenForge.encoded("{\"alg\":\"none\"}".getBytes(US_ASCII));
        Map<String, String> forged = new TreeMap<>();
        forged.put("other claims under the old signature", parts[0] + "." + adminClaims + "." + parts[2]);
        forged.put("another signature", parts[0] + "." + parts[1] + "." + flipped(parts[2]));
        forged.put("no signature", parts[0] + "." + parts[1] + ".");
        forged.put("no algorithm", none + "." + adminClaims + ".");
        forged.put("signed with another key under the same key id", admin.token());
        forged.put(
                "signed with a password",
                admin.signedWith("HS256", TokenForge.hmac("password".getBytes(US_ASCII)))
                        .token());
        forged.put("cut short", token.substring(0, token.length() / 2));
        forged.put("not a token", "secret");
        return forged;
    }

    private static String flipped(String signature) {
        return (signature.startsWith("A") ? "B" : "A") + signature.substring(1);
    }
}
