package dev.kontor.side.identity;

import dev.kontor.api.customer.WrappingKey;
import dev.kontor.grpc.identity.SecretKey;
import dev.kontor.grpc.platform.StartException;
import java.security.MessageDigest;

/** A key that wraps other keys: 32 bytes, as Base64. */
public final class MasterKey {

    public static final int BYTES = WrappingKey.BYTES;

    private MasterKey() {}

    /**
     * The key of a setting. During a rotation, the second key also unwraps.
     *
     * @param first as Base64
     * @param second as Base64, empty where there is none
     * @param setting the name of the first, for error messages; that of the second is {@link #secondOf}
     */
    public static WrappingKey wrapping(String first, String second, String setting) {
        byte[] key = decode(first.strip(), setting);
        return second.isBlank() ? WrappingKey.of(key) : WrappingKey.of(key, decode(second.strip(), secondOf(setting)));
    }

    /** {@code KONTOR_SECOND_MASTER_KEY} for {@code KONTOR_MASTER_KEY}. */
    public static String secondOf(String setting) {
        return setting.replaceFirst("^KONTOR_", "KONTOR_SECOND_");
    }

    /** @throws StartException if both master keys are the same */
    public static void refuseOneForBoth(byte[] customers, byte[] signing) {
        if (MessageDigest.isEqual(customers, signing)) {
            throw new StartException(
                    "The master key and the signing master key are the same. Make two: openssl rand -base64 32");
        }
    }

    /** @throws StartException if a rotation would replace a key by itself */
    public static void refuseUnchanged(byte[] first, byte[] second, String setting) {
        if (MessageDigest.isEqual(first, second)) {
            throw new StartException(
                    "%s and %s are the same: set the first to a new key, and the second to the one before"
                            .formatted(setting, secondOf(setting)));
        }
    }

    /**
     * @param source where the text comes from, for error messages
     * @throws StartException if it is not a key, or one that is easy to guess
     */
    public static byte[] decode(String text, String source) {
        return SecretKey.decode(text, source);
    }
}
