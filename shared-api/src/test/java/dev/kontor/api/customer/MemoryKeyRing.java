package dev.kontor.api.customer;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** An in-memory key ring. */
public final class MemoryKeyRing implements KeyRing {

    private final Map<String, byte[]> keys = new ConcurrentHashMap<>();

    @Override
    public Optional<byte[]> find(String keyId) {
        return Optional.ofNullable(keys.get(keyId)).filter(key -> key.length > 0);
    }

    @Override
    public byte[] putIfAbsent(String keyId, byte[] wrapped) {
        byte[] before = keys.putIfAbsent(keyId, wrapped);
        if (before != null && before.length == 0) {
            throw new KeyDestroyedException();
        }
        return before == null ? wrapped : before;
    }

    @Override
    public void forget(String keyId) {
        keys.remove(keyId);
    }

    @Override
    public void destroy(String keyId) {
        keys.put(keyId, new byte[0]);
    }

    /** All stored keys. */
    public Map<String, byte[]> kept() {
        return keys.entrySet().stream()
                .filter(key -> key.getValue().length > 0)
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
