package dev.kontor.store;

import java.io.IOException;
import java.nio.file.Path;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** Why RocksDB would not open a folder, in our words. */
final class OpenFailure {

    private OpenFailure() {}

    static RuntimeException opening(String what, Path folder, RocksDBException cause) {
        String message = String.valueOf(cause.getMessage());
        // Not any "lock": a damaged file speaks of its "block checksum", and that must never read as "in use".
        if (message.contains("lock hold by current process")
                || message.contains("While lock file") && message.contains("Resource temporarily unavailable")) {
            return new StoreInUseException(folder, cause);
        }
        if (message.contains("Permission denied") || message.contains("Read-only file system")) {
            return StoreFolder.mayNotBeWritten(folder, cause);
        }
        if (message.contains("No space left on device")) {
            return new StoreException(
                    "The %s in %s cannot be opened: there is no space left on the disk".formatted(what, folder), cause);
        }
        Status status = cause.getStatus();
        boolean isDamage = status != null && status.getCode() == Status.Code.Corruption
                || message.contains("No such file")
                || message.contains("CURRENT");
        return isDamage
                ? new StoreException(
                        "The %s in %s is damaged: %s. Restore a backup".formatted(what, folder, message)
                                + damagedWrites(folder),
                        cause)
                : new StoreException("The %s in %s cannot be opened: %s".formatted(what, folder, message), cause);
    }

    /**
     * Where a log of writes is damaged. A last write that is there in full length and damaged may have been acknowledged or
     * not, nothing in the file tells: so whoever runs it decides, and is told how.
     */
    private static String damagedWrites(Path folder) {
        StringBuilder said = new StringBuilder();
        try {
            for (WriteLog writes : WriteLog.in(folder)) {
                if (writes.isDamaged()) {
                    said.append(
                            ". The log of writes %s is damaged in the write at byte %d of %d. To give up that write and all after it, cut the file there: truncate -s %d %s"
                                    .formatted(
                                            writes.file().getFileName(),
                                            writes.damagedAt(),
                                            writes.size(),
                                            writes.damagedAt(),
                                            writes.file()));
                }
            }
        } catch (IOException e) {
            said.append(". The logs of writes cannot be looked at: ").append(e);
        }
        return said.toString();
    }
}
