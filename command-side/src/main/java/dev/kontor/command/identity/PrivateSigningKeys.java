package dev.kontor.command.identity;

import dev.kontor.api.customer.KeyRing;
import dev.kontor.api.customer.WrappingKey;
import dev.kontor.grpc.platform.StartException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.Optional;

/**
 * The private parts of the signing keys: in the key ring, wrapped by a master key that only the command side has, and
 * each bound to its name. Thread-safe.
 */
final class PrivateSigningKeys {

    /** The name of the only key in rings from before keys had ids. */
    private static final String NAMELESS = "signing";

    /** The public part of a key whose private part is in the key ring already. */
    record Fresh(String kid, String publicKey) {}

    private final KeyRing keyRing;
    private final WrappingKey master;
    private final SigningKeyPairs pairs;

    /** @param masterKey 32 bytes */
    PrivateSigningKeys(KeyRing keyRing, byte[] masterKey) {
        this(keyRing, WrappingKey.of(masterKey), new SigningKeyPairs());
    }

    PrivateSigningKeys(KeyRing keyRing, WrappingKey master, SigningKeyPairs pairs) {
        this.keyRing = keyRing;
        this.master = master;
        this.pairs = pairs;
    }

    /** Makes a key. Its private part is durable on return, so a published key can always sign. */
    Fresh make() {
        KeyPair pair = pairs.next();
        String kid = RsaKeys.thumbprint((RSAPublicKey) pair.getPublic());
        try {
            keyRing.putIfAbsent(name(kid), master.encrypt(pair.getPrivate().getEncoded(), binding(kid)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A signing key cannot be wrapped", e);
        }
        return new Fresh(
                kid, Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()));
    }

    /**
     * Empty if it is not in the key ring (any more).
     *
     * @throws StartException if it does not open with this master key
     */
    Optional<PrivateKey> open(String kid) {
        return keyRing.find(name(kid)).map(wrapped -> {
            try {
                return RsaKeys.readPrivate(master.decrypt(wrapped, binding(kid)));
            } catch (GeneralSecurityException e) {
                throw new StartException("The signing key does not open with this master key", e);
            }
        });
    }

    void destroy(String kid) {
        destroyNamed(name(kid));
    }

    void destroyNameless() {
        destroyNamed(NAMELESS);
    }

    /** Destruction rewrites files, so a missing key is skipped. */
    private void destroyNamed(String name) {
        if (keyRing.find(name).isPresent()) {
            keyRing.destroy(name);
        }
    }

    private static String name(String kid) {
        return "signing/" + kid;
    }

    private static byte[] binding(String kid) {
        return name(kid).getBytes(StandardCharsets.UTF_8);
    }
}
