package dev.kontor.api.customer;

import java.util.Optional;

/**
 * Stores wrapped (encrypted) keys, apart from the log, so that a key can be destroyed while the log stays complete.
 * Writes are durable when they return. Implementations are thread-safe.
 */
public interface KeyRing {

    Optional<byte[]> find(String keyId);

    /**
     * Stores the key unless there is one; returns the one that is stored afterwards.
     *
     * @throws KeyDestroyedException if a key of this id was destroyed: the id never gets another
     */
    byte[] putIfAbsent(String keyId, byte[] wrapped);

    /** Removes a key whose sealed data was never stored. Its bytes may stay on the disk for a while. */
    void forget(String keyId);

    /**
     * Removes the key so that its bytes are physically erased, and the id never gets another. Costly. To be called
     * again if it is not known whether an earlier call succeeded.
     */
    void destroy(String keyId);
}
