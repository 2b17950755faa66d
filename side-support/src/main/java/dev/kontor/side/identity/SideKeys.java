package dev.kontor.side.identity;

import dev.kontor.api.identity.SigningKeyList;
import dev.kontor.grpc.identity.VerificationKeys;

/** The signing keys as far as this process knows them. Asking waits for nothing. Safe for many threads. */
public interface SideKeys extends VerificationKeys {

    /** The list they are on. */
    SigningKeyList list();

    /**
     * Reads the list again. To be called whenever any process may have changed it: afterwards this one goes by the list as
     * it was when this was called, or by a later one.
     */
    void refresh();
}
