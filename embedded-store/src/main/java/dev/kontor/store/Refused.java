package dev.kontor.store;

import java.nio.file.Path;
import org.rocksdb.RocksDBException;

/** Why RocksDB would not open a folder, in our words. */
final class Refused {

    private Refused() {}

    static RuntimeException opening(String what, Path folder, RocksDBException cause) {
        String message = String.valueOf(cause.getMessage());
        // Not any "lock": a damaged file speaks of its "block checksum", and that must never read as "in use".
        if (message.contains("lock hold by current process") || message.contains("While lock file")) {
            return new BookInUseException(folder, cause);
        }
        return new BookException("The %s in %s cannot be opened: %s".formatted(what, folder, message), cause);
    }
}
