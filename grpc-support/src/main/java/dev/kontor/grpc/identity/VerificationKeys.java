package dev.kontor.grpc.identity;

import java.security.interfaces.RSAPublicKey;
import java.util.Optional;

/** The Authority's public keys. Empty for an id it never issued or has withdrawn. */
@FunctionalInterface
public interface VerificationKeys {

    /**
     * The key of this id.
     *
     * @throws dev.kontor.grpc.platform.RefusedException with {@code UNAVAILABLE} where it is not known at the moment which keys
     *     count
     */
    Optional<RSAPublicKey> byId(String keyId);
}
