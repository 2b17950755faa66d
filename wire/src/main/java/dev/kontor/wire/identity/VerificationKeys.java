package dev.kontor.wire.identity;

import java.security.interfaces.RSAPublicKey;
import java.util.Optional;

/** The Authority's public keys. Empty for an id it never issued or has withdrawn. */
@FunctionalInterface
public interface VerificationKeys {

    Optional<RSAPublicKey> byId(String keyId);
}
