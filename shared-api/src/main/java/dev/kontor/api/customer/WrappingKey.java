package dev.kontor.api.customer;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.subtle.AesGcmJce;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/**
 * A master key, which wraps and unwraps other keys. During a rotation a second master key also unwraps, so that keys
 * wrapped by either open. Thread-safe.
 */
public final class WrappingKey implements Aead {

    public static final int BYTES = 32;

    private final List<Aead> keys;

    private WrappingKey(List<Aead> keys) {
        this.keys = List.copyOf(keys);
    }

    /**
     * @param first wraps and unwraps
     * @param others only unwrap
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
