package dev.kontor.command.platform;

import dev.kontor.api.customer.KeyRing;
import dev.kontor.api.customer.WrappingKey;
import dev.kontor.grpc.platform.StartException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key of HMAC-SHA-256 that is made once, wrapped by a master key and stored in the key ring: all instances of the
 * command side have the same. It is read at its first use, because the ring may be unavailable when the process starts.
 */
public final class MacKey {

    private static final String ALGORITHM = "HmacSHA256";

    private final KeyRing keyRing;
    private final String id;
    private final WrappingKey master;
    private volatile SecretKeySpec key;

    /** @param id its name in the ring */
    public MacKey(KeyRing keyRing, String id, WrappingKey master) {
        this.keyRing = keyRing;
        this.id = id;
        this.master = master;
    }

    /** @throws StartException if the stored key does not open with this master key */
    public void prepare() {
        key();
    }

    private SecretKeySpec key() {
        SecretKeySpec known = key;
        if (known == null) {
            known = read();
            key = known;
        }
        return known;
    }

    private SecretKeySpec read() {
        byte[] binding = id.getBytes(StandardCharsets.UTF_8);
        try {
            byte[] wrapped = keyRing.find(id).orElse(null);
            if (wrapped == null) {
                byte[] fresh = new byte[32];
                new SecureRandom().nextBytes(fresh);
                wrapped = keyRing.putIfAbsent(id, master.encrypt(fresh, binding));
            }
            return new SecretKeySpec(master.decrypt(wrapped, binding), ALGORITHM);
        } catch (GeneralSecurityException e) {
            throw new StartException("The key %s does not open with this master key".formatted(id), e);
        }
    }

    public byte[] of(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key());
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HMAC-SHA-256", e);
        }
    }
}
