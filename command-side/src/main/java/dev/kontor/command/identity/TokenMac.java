package dev.kontor.command.identity;

import dev.kontor.api.customer.KeyRing;
import dev.kontor.api.customer.WrappingKey;
import dev.kontor.command.platform.MacKey;
import dev.kontor.side.platform.StorePreparation;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/**
 * Makes secrets for clients, and recognises its own without storing them: 128 random bits, and 128 bits of a MAC over
 * these and the purpose of the secret. Base64url, 43 characters.
 */
final class TokenMac implements StorePreparation {

    private static final String KEY_ID = "token-mac";
    private static final int RANDOM_BYTES = 16;
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final MacKey key;

    /** @param masterKey 32 bytes */
    TokenMac(KeyRing keyRing, byte[] masterKey) {
        this(keyRing, WrappingKey.of(masterKey));
    }

    TokenMac(KeyRing keyRing, WrappingKey master) {
        key = new MacKey(keyRing, KEY_ID, master);
    }

    @Override
    public void prepare() {
        key.prepare();
    }

    /** @param purpose the secret is recognised only for the same purpose */
    String secretFor(String purpose) {
        byte[] random = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(random);
        return encoded(signed(purpose, random));
    }

    boolean isSecretFor(String purpose, String secret) {
        byte[] given;
        try {
            given = Base64.getUrlDecoder().decode(secret);
        } catch (IllegalArgumentException e) {
            return false;
        }
        // Only in the exact text issued: the decoder accepts several texts for the same bytes, and each would be
        // counted separately.
        return given.length == BYTES
                && encoded(given).equals(secret)
                && MessageDigest.isEqual(given, signed(purpose, Arrays.copyOf(given, RANDOM_BYTES)));
    }

    private byte[] signed(String purpose, byte[] random) {
        byte[] mac = key.of(purpose + "\n" + encoded(random));
        byte[] secret = Arrays.copyOf(random, BYTES);
        System.arraycopy(mac, 0, secret, RANDOM_BYTES, BYTES - RANDOM_BYTES);
        return secret;
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
