package dev.kontor.side.identity;

import dev.kontor.api.identity.SigningKeyList;
import dev.kontor.grpc.identity.VerificationKeys;

/** The signing keys known to this process. Reading them does not block. Thread-safe. */
public interface SideKeys extends VerificationKeys {

    SigningKeyList list();

    /**
     * Reads the list again, after any process may have changed it. When it returns, this process uses the list as it
     * was at the time of the call, or a later one.
     */
    void refresh();
}
