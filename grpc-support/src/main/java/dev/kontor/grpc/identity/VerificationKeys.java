package dev.kontor.grpc.identity;

import java.security.interfaces.RSAPublicKey;
import java.util.Optional;

/** The Authority's public keys. */
@FunctionalInterface
public interface VerificationKeys {

    /**
     * The key of this id; empty if the Authority never issued it or has withdrawn it.
     *
     * @throws dev.kontor.grpc.platform.RefusedException with {@code UNAVAILABLE} if the valid keys are not known at the
     *     moment
     */
    Optional<RSAPublicKey> byId(String keyId);
}
