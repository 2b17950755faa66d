package dev.kontor.grpc.identity;

import java.util.Base64;

/** A secret that is given from outside: 32 bytes, as Base64. */
public final class SecretKey {

    public static final int BYTES = 32;

    private SecretKey() {}

    /**
     * @param source where the text comes from, for people
     * @throws IllegalStateException for one that is none, or that anybody could guess
     */
    public static byte[] decode(String text, String source) {
        if (text.isEmpty()) {
            throw new IllegalStateException(
                    "The key in %s is empty. Make one: openssl rand -base64 32".formatted(source));
        }
        byte[] key;
        try {
            key = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("The key in %s is not Base64".formatted(source), e);
        }
        if (key.length != BYTES) {
            throw new IllegalStateException("The key in %s has %d bytes, not %d".formatted(source, key.length, BYTES));
        }
        if (isSample(key)) {
            throw new IllegalStateException(
                    "The key in %s is a sample that anybody can guess. Make one: openssl rand -base64 32"
                            .formatted(source));
        }
        return key;
    }

    /** What people write where a key should be: words, one byte over and over, or bytes that are counted up or down. */
    private static boolean isSample(byte[] key) {
        return isText(key) || goesOnAsItBegan(key);
    }

    /** Of all keys one in 6 · 10^13 looks like this by chance. */
    private static boolean isText(byte[] key) {
        for (byte character : key) {
            if (character < ' ' || character > '~') {
                return false;
            }
        }
        return true;
    }

    /** Each byte as far from the one before as the second is from the first. */
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
