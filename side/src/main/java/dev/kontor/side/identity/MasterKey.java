package dev.kontor.side.identity;

import dev.kontor.api.customer.WrappingKey;
import dev.kontor.wire.identity.SecretKey;

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

    /**
     * @param source where the text comes from, for people
     * @throws IllegalStateException for one that is none, or that anybody could guess
     */
    public static byte[] decode(String text, String source) {
        return SecretKey.decode(text, source);
    }
}
