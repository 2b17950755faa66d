package dev.kontor.api.customer;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.subtle.AesGcmJce;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/**
 * A master key as its users see it: it wraps other keys, and opens what it has wrapped. While a master key is rotated a
 * second one opens too, so that it does not matter which of the two a key is wrapped by. Safe for many threads.
 */
public final class WrappingKey implements Aead {

    public static final int BYTES = 32;

    private final List<Aead> keys;

    private WrappingKey(List<Aead> keys) {
        this.keys = List.copyOf(keys);
    }

    /**
     * @param first wraps and opens
     * @param others open only
     */
    public static WrappingKey of(byte[] first, byte[]... others) {
        List<Aead> keys = new ArrayList<>();
        keys.add(aead(first));
        for (byte[] other : others) {
            keys.add(aead(other));
        }
        return new WrappingKey(keys);
    }

    private static Aead aead(byte[] key) {
        if (key.length != BYTES) {
            throw new IllegalArgumentException("The master key must have %d bytes".formatted(BYTES));
        }
        try {
            return new AesGcmJce(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has AES-GCM", e);
        }
    }

    /** The first key without the others. */
    public Aead first() {
        return keys.getFirst();
    }

    @Override
    public byte[] encrypt(byte[] clear, byte[] binding) throws GeneralSecurityException {
        return first().encrypt(clear, binding);
    }

    @Override
    public byte[] decrypt(byte[] wrapped, byte[] binding) throws GeneralSecurityException {
        GeneralSecurityException refusal = null;
        for (Aead key : keys) {
            try {
                return key.decrypt(wrapped, binding);
            } catch (GeneralSecurityException e) {
                refusal = e;
            }
        }
        throw refusal;
    }
}
