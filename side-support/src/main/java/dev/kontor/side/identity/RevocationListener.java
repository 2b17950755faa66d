package dev.kontor.side.identity;

import dev.kontor.proto.identity.Revocation;

/** Is notified of a revocation once this process refuses the revoked tokens. Returns quickly. */
@FunctionalInterface
public interface RevocationListener {

    void revoked(Revocation revocation);
}
