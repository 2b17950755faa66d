package dev.kontor.grpc.identity;

import dev.kontor.grpc.platform.StartException;
import java.util.Base64;

/** Decodes secrets of the configuration: 32 bytes, as Base64. */
public final class SecretKey {

    public static final int BYTES = 32;

    private SecretKey() {}

    /**
     * @param source the setting or file that the text comes from, for messages
     * @throws StartException if the key is malformed or easy to guess
     */
    public static byte[] decode(String text, String source) {
        if (text.isEmpty()) {
            throw new StartException("The key in %s is empty. Make one: openssl rand -base64 32".formatted(source));
        }
        byte[] key;
        try {
            key = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new StartException("The key in %s is not Base64".formatted(source), e);
        }
        if (key.length != BYTES) {
            throw new StartException("The key in %s has %d bytes, not %d".formatted(source, key.length, BYTES));
        }
        if (isSample(key)) {
            throw new StartException(
                    "The key in %s is a sample that is easy to guess. Make one: openssl rand -base64 32"
                            .formatted(source));
        }
        return key;
    }

    /** Placeholders for a key: text, one repeated byte, or bytes that count up or down. */
    private static boolean isSample(byte[] key) {
        return isText(key) || goesOnAsItBegan(key);
    }

    /** One of 6 · 10^13 random keys is text by chance. */
    private static boolean isText(byte[] key) {
        for (byte character : key) {
            if (character < ' ' || character > '~') {
                return false;
            }
        }
        return true;
    }

    /** Whether all bytes have the same distance to the one before. */
    private static boolean goesOnAsItBegan(byte[] key) {
        byte step = (byte) (key[1] - key[0]);
        for (int i = 1; i < key.length; i++) {
            if ((byte) (key[i] - key[i - 1]) != step) {
                return false;
            }
        }
        return true;
    }
}
