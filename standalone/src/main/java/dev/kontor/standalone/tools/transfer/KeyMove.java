package dev.kontor.standalone.tools.transfer;

import dev.kontor.api.customer.KeyDestroyedException;
import dev.kontor.api.customer.KeyRing;
import dev.kontor.standalone.tools.console.ProgressOutput;
import dev.kontor.standalone.tools.console.ToolException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Copies a key ring into another. Keys stay wrapped by the same master keys. A key that is destroyed in one of the
 * rings is then destroyed in the target.
 */
final class KeyMove implements BiConsumer<String, Optional<byte[]>> {

    private final KeyRing to;
    private final String name;
    private final ProgressOutput progress;
    private long keys;

    /** @param name of the target in messages */
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
            // A customer who was erased in the target stays erased: the source may be older.
            return;
        }
    }

    /** Destroyed ones too. */
    long keys() {
        return keys;
    }
}
