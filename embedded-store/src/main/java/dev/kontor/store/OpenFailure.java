package dev.kontor.store;

import java.io.IOException;
import java.nio.file.Path;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/**
 * Translates RocksDB's reason for not opening a folder. RocksDB has one code, {@code IOError}, for a lock, a missing
 * right and a missing file, so the text of its message has to distinguish these.
 */
final class OpenFailure {

    private OpenFailure() {}

    static RuntimeException opening(String what, Path folder, RocksDBException cause) {
        Status status = cause.getStatus();
        if (status != null && status.getSubCode() == Status.SubCode.NoSpace) {
            return new StoreException(
                    "The %s in %s cannot be opened: there is no space left on the disk".formatted(what, folder), cause);
        }
        String message = String.valueOf(cause.getMessage());
        // Does not match every "lock": a damaged file reports its "block checksum", which must not read as "in use".
        if (message.contains("lock hold by current process")
                || message.contains("While lock file") && message.contains("Resource temporarily unavailable")) {
            return new StoreInUseException(folder, cause);
        }
        if (message.contains("Permission denied") || message.contains("Read-only file system")) {
            return StoreFolder.mayNotBeWritten(folder, cause);
        }
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
     * Describes a damaged write-ahead log. A last write that is complete but damaged may have been acknowledged or not,
     * which the file does not show: so the message gives the operator the decision and the command for it.
     */
    private static String damagedWrites(Path folder) {
        StringBuilder said = new StringBuilder();
        try {
            for (WriteLog writes : WriteLog.in(folder)) {
                if (writes.isDamaged()) {
                    said.append(
                            ". The write-ahead log %s is damaged in the write at byte %d of %d. To give up that write and all after it, cut the file there: truncate -s %d %s"
                                    .formatted(
                                            writes.file().getFileName(),
                                            writes.damagedAt(),
                                            writes.size(),
                                            writes.damagedAt(),
                                            writes.file()));
                }
            }
        } catch (IOException e) {
            said.append(". The write-ahead logs cannot be read: ").append(e);
        }
        return said.toString();
    }
}
