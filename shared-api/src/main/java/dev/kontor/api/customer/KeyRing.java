package dev.kontor.api.customer;

import java.util.Optional;

/**
 * Where keys are kept, wrapped (encrypted) by whoever stores them. Apart from the log, so that a key can be destroyed
 * while the log stays whole. Implementations are durable before they return, and safe for many threads.
 */
public interface KeyRing {

    Optional<byte[]> find(String keyId);

    /** Stores the key unless there is one; answers the one that is stored afterwards. */
    byte[] putIfAbsent(String keyId, byte[] wrapped);

    /** Removes the key so that its bytes are physically gone. */
    void destroy(String keyId);
}
