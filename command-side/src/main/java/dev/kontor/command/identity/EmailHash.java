package dev.kontor.command.identity;

import dev.kontor.api.customer.KeyRing;
import dev.kontor.api.customer.WrappingKey;
import dev.kontor.api.identity.EmailAddress;
import dev.kontor.api.identity.EmailKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keyed hash under which an e-mail stands in the log: HMAC-SHA-256. Without the key nobody can try out addresses on
 * a copy of the log. The key is made once, wrapped by the master key and kept in the key ring; it must never be lost.
 */
public final class EmailHash {

    private static final String KEY_ID = "email-hash";
    private static final byte[] BINDING = KEY_ID.getBytes(StandardCharsets.UTF_8);

    private final SecretKeySpec key;

    /** @param masterKey 32 bytes */
    EmailHash(KeyRing keyRing, byte[] masterKey) {
        this(keyRing, WrappingKey.of(masterKey));
    }

    EmailHash(KeyRing keyRing, WrappingKey master) {
        try {
            byte[] fresh = new byte[32];
            new SecureRandom().nextBytes(fresh);
            byte[] wrapped = keyRing.find(KEY_ID).orElse(null);
            if (wrapped == null) {
                wrapped = keyRing.putIfAbsent(KEY_ID, master.encrypt(fresh, BINDING));
            }
            this.key = new SecretKeySpec(master.decrypt(wrapped, BINDING), "HmacSHA256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The key of the e-mail hashes does not open with this master key", e);
        }
    }

    public EmailKey of(EmailAddress email) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            byte[] hash = mac.doFinal(email.value().getBytes(StandardCharsets.UTF_8));
            return new EmailKey(Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HMAC-SHA-256", e);
        }
    }
}
