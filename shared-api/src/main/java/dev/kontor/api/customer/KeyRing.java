package dev.kontor.api.customer;

import java.util.Optional;

/**
 * Where keys are kept, wrapped (encrypted) by whoever stores them. Apart from the log, so that a key can be destroyed
 * while the log stays whole. Implementations are durable before they return, and safe for many threads.
 */
public interface KeyRing {

    Optional<byte[]> find(String keyId);

    /**
     * Stores the key unless there is one; answers the one that is stored afterwards.
     *
     * @throws KeyDestroyedException where there was one of this id and it was destroyed: it never gets another
     */
    byte[] putIfAbsent(String keyId, byte[] wrapped);

    /** Removes a key that nothing kept was ever sealed with. Its bytes may stay on the disk for a while. */
    void forget(String keyId);

    /**
     * Removes the key so that its bytes are physically gone, for good. Costly. To be called again where nobody knows
     * whether a call before came to its end.
     */
    void destroy(String keyId);
}
