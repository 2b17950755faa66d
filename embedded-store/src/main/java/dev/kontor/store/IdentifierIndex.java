package dev.kontor.store;

import java.util.LinkedHashMap;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * Finds events in the log by identifier. The appending thread looks on the disk and states how far the log was then, so
 * the committer only checks the identifiers written since, which it remembers, or the disk if they are too many.
 * Used by the committer's thread only.
 */
final class IdentifierIndex {

    static final int REMEMBERED = 20_000;

    private final RocksDB database;
    private final ColumnFamilies columns;
    private final int remembered;
    private final LinkedHashMap<String, Long> recent = new LinkedHashMap<>();
    /** Events up to this position are no longer remembered. */
    private long forgottenUpTo;

    /** @param head the last position that is written, -1 for none */
    IdentifierIndex(RocksDB database, ColumnFamilies columns, long head, int remembered) {
        this.database = database;
        this.columns = columns;
        this.forgottenUpTo = head;
        this.remembered = remembered;
    }

    /** @param freeAt the position up to which the log is known not to contain the identifier */
    boolean isWritten(String identifier, long freeAt) throws RocksDBException {
        return freeAt < forgottenUpTo
                ? database.get(columns.identifiers(), KeyEncoding.text(identifier)) != null
                : recent.containsKey(identifier);
    }

    void remember(RecentEvents.Entry written) {
        recent.put(written.event().getIdentifier(), written.position());
        if (recent.size() > remembered) {
            forgottenUpTo = recent.pollFirstEntry().getValue();
        }
    }
}
