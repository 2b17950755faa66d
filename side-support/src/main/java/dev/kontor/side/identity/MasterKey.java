package dev.kontor.side.identity;

import dev.kontor.api.customer.WrappingKey;
import dev.kontor.grpc.identity.SecretKey;
import java.security.MessageDigest;

/** A key that wraps others: 32 bytes, given as Base64. */
public final class MasterKey {

    public static final int BYTES = WrappingKey.BYTES;

    private MasterKey() {}

    /**
     * The key that a setting gives, and the second one that opens too while it is rotated.
     *
     * @param first as Base64
     * @param second as Base64, empty where there is none
     * @param setting the name of the first, for people; that of the second is {@link #secondOf}
     */
    public static WrappingKey wrapping(String first, String second, String setting) {
        byte[] key = decode(first.strip(), setting);
        return second.isBlank() ? WrappingKey.of(key) : WrappingKey.of(key, decode(second.strip(), secondOf(setting)));
    }

    /** {@code KONTOR_SECOND_MASTER_KEY} for {@code KONTOR_MASTER_KEY}. */
    public static String secondOf(String setting) {
        return setting.replaceFirst("^KONTOR_", "KONTOR_SECOND_");
    }

    /** @throws IllegalStateException where both master keys are one */
    public static void refuseOneForBoth(byte[] customers, byte[] signing) {
        if (MessageDigest.isEqual(customers, signing)) {
            throw new IllegalStateException(
                    "The master key and the signing master key are the same. Make two: openssl rand -base64 32");
        }
    }

    /** @throws IllegalStateException where a rotation would put a key in its own place */
    public static void refuseUnchanged(byte[] first, byte[] second, String setting) {
        if (MessageDigest.isEqual(first, second)) {
            throw new IllegalStateException(
                    "%s and %s are the same: set the first to a new key, and the second to the one before"
                            .formatted(setting, secondOf(setting)));
        }
    }

    /**
     * @param source where the text comes from, for people
     * @throws IllegalStateException for one that is none, or that anybody could guess
     */
    public static byte[] decode(String text, String source) {
        return SecretKey.decode(text, source);
    }
}
