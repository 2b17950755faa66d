package dev.kontor.api;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.UUID;

/** UUIDs by RFC 9562: version 7 for new ones, version 8 for those derived from known values. */
public final class Uuids {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int LENGTH = 36;

    private Uuids() {}

    /** A new UUID that begins with the current time in milliseconds, so that index entries are in order of time. */
    public static String mint() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        buffer.putLong(0, (System.currentTimeMillis() << 16) | (buffer.getLong(0) & 0xFFFF));
        return format(bytes, 7);
    }

    /** The UUID derived from these parts in this order: always the same one. */
    public static String derive(String... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                // The length is hashed first, so that ("ab", "c") and ("a", "bc") differ.
                digest.update(ByteBuffer.allocate(4).putInt(0, bytes.length));
                digest.update(bytes);
            }
            byte[] bytes = new byte[16];
            System.arraycopy(digest.digest(), 0, bytes, 0, 16);
            return format(bytes, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** @return the text in lower case @throws IllegalArgumentException if it is not a UUID */
    public static String check(String text) {
        if (isUuid(text)) {
            return text;
        }
        String lower = text == null ? null : text.toLowerCase(Locale.ROOT);
        if (!isUuid(lower)) {
            throw new IllegalArgumentException("must be a UUID");
        }
        return lower;
    }

    /** Whether it is a UUID in lower case. Every id that is read is checked, so this uses no regular expression. */
    private static boolean isUuid(String text) {
        if (text == null || text.length() != LENGTH) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            char c = text.charAt(i);
            boolean fits =
                    i == 8 || i == 13 || i == 18 || i == 23 ? c == '-' : c >= '0' && c <= '9' || c >= 'a' && c <= 'f';
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static String format(byte[] bytes, int version) {
        bytes[6] = (byte) ((bytes[6] & 0x0F) | (version << 4));
        bytes[8] = (byte) ((bytes[8] & 0x3F) | 0x80);
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong()).toString();
    }
}
