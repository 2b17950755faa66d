package dev.kontor.command.identity;

import dev.kontor.api.identity.SessionId;
import dev.kontor.api.identity.TokenHash;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A client exchanges it for its next access token: {@code <session>.<secret>}.
 *
 * @param secret made by {@link TokenMac}; in older tokens 256 random bits, Base64url
 */
record RefreshToken(SessionId sessionId, String secret) {

    /** From its issue on; its session ends with it. */
    static final Duration LIFETIME = Duration.ofDays(30);

    private static final int LENGTH = 36 + 1 + 43;
    private static final Pattern SHAPE =
            Pattern.compile("([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\\.([A-Za-z0-9_-]{43})");

    static RefreshToken mint(SessionId sessionId, TokenMac mac) {
        return new RefreshToken(sessionId, mac.secretFor(purpose(sessionId)));
    }

    private static String purpose(SessionId sessionId) {
        return "refresh " + sessionId;
    }

    /** Whether Kontor made it, used or not. False for tokens from before the MAC. */
    boolean isOurs(TokenMac mac) {
        return mac.isSecretFor(purpose(sessionId), secret);
    }

    /** Empty for any other text, such as an access token. */
    static Optional<RefreshToken> parse(String text) {
        if (text.length() != LENGTH) {
            return Optional.empty();
        }
        Matcher parts = SHAPE.matcher(text);
        return parts.matches()
                ? Optional.of(new RefreshToken(new SessionId(parts.group(1)), parts.group(2)))
                : Optional.empty();
    }

    /** The hash that the log has. */
    TokenHash hash() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.US_ASCII));
            return new TokenHash(Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    String text() {
        return sessionId + "." + secret;
    }

    @Override
    public String toString() {
        return "RefreshToken";
    }
}
