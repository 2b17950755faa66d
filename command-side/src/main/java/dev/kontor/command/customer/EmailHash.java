package dev.kontor.command.customer;

import dev.kontor.api.customer.KeyRing;
import dev.kontor.api.customer.WrappingKey;
import dev.kontor.api.identity.EmailAddress;
import dev.kontor.api.identity.EmailKey;
import dev.kontor.command.platform.MacKey;
import dev.kontor.side.platform.StorePreparation;
import java.util.Base64;

/**
 * The keyed hash that represents an e-mail or a request in the log: HMAC-SHA-256. Without the key, addresses and
 * passwords cannot be tried against a copy of the log. The key must never be lost.
 */
public final class EmailHash implements StorePreparation {

    /** Its name in the key ring, which is final. */
    public static final String KEY_ID = "email-hash";

    private final MacKey key;

    /** @param masterKey 32 bytes */
    public EmailHash(KeyRing keyRing, byte[] masterKey) {
        this(keyRing, WrappingKey.of(masterKey));
    }

    public EmailHash(KeyRing keyRing, WrappingKey master) {
        key = new MacKey(keyRing, KEY_ID, master);
    }

    @Override
    public void prepare() {
        key.prepare();
    }

    /** The keyed hash of a request, which may have a password in it. */
    public String ofRequest(String fingerprint) {
        // No e-mail address has a line break.
        return text(key.of("request\n" + fingerprint));
    }

    public EmailKey of(EmailAddress email) {
        return new EmailKey(text(key.of(email.value())));
    }

    private static String text(byte[] hash) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    }
}
