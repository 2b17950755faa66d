package dev.kontor.standalone.tools;

import dev.kontor.api.customer.KeyDestroyedException;
import dev.kontor.api.customer.KeyRing;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Copies a key ring into another. Keys stay wrapped, as they are: the master keys open them there as here. A key that one of
 * the two knows to be destroyed is so in the other afterwards.
 */
final class KeyMove implements BiConsumer<String, Optional<byte[]>> {

    private final KeyRing to;
    private final String name;
    private final ProgressOutput progress;
    private long keys;

    /** @param name as sentences name where it is copied to */
    KeyMove(KeyRing to, String name, ProgressOutput progress) {
        this.to = to;
        this.name = name;
        this.progress = progress;
    }

    @Override
    public void accept(String keyId, Optional<byte[]> wrapped) {
        progress.at(++keys);
        wrapped.ifPresentOrElse(key -> put(keyId, key), () -> to.destroy(keyId));
    }

    private void put(String keyId, byte[] key) {
        try {
            if (!Arrays.equals(to.putIfAbsent(keyId, key), key)) {
                throw new ToolException(
                        "%s has another key under the name %s: it belongs to another Kontor".formatted(name, keyId));
            }
        } catch (KeyDestroyedException known) {
            // Whoever was erased there stays erased: a copy may be older than that.
            return;
        }
    }

    /** Destroyed ones too. */
    long keys() {
        return keys;
    }
}
