package dev.kontor.store;

import java.nio.file.Path;
import java.util.UUID;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** Checks a store while it opens and creates what is missing: name, format, end of the log, time index. */
final class StoreOpening {

    static final byte[] ID = KeyEncoding.text("log-id");
    /** This row exists while a {@link LogWriter} writes the log. */
    static final byte[] UNFINISHED = KeyEncoding.text("unfinished");

    private static final byte[] FORMAT_KEY = KeyEncoding.text("log-format");
    /** Format 1 has a row for the end of the log. A store without a format is older. */
    private static final byte FORMAT = 1;

    private final RocksDB rocks;
    private final ColumnFamilies columns;

    StoreOpening(Database database) {
        this.rocks = database.rocks();
        this.columns = database.columns();
    }

    /** @throws StoreException if the folder has an unfinished import */
    void refuseUnfinished(Path folder) throws RocksDBException {
        if (rocks.get(UNFINISHED) != null) {
            throw new StoreException("The import into %s was not finished. Run it again: it continues where it stopped"
                    .formatted(folder));
        }
    }

    /** Returns the name of the log; creates it if it is missing. */
    String identify() throws RocksDBException {
        byte[] present = rocks.get(ID);
        if (present != null) {
            return KeyEncoding.text(present);
        }
        String fresh = UUID.randomUUID().toString();
        try (WriteOptions synced = new WriteOptions().setSync(true)) {
            rocks.put(synced, ID, KeyEncoding.text(fresh));
        }
        return fresh;
    }

    /** @throws StoreException if the log does not end as recorded, or its last event is damaged */
    LogEnd findEnd() throws RocksDBException {
        boolean hasEndRow = hasEndRow(rocks);
        LogEnd found = lastEvent();
        String wrong = hasEndRow ? differs(found, LogEnd.find(rocks)) : null;
        if (wrong != null) {
            throw new StoreException(wrong + ". Restore a backup, or check the log with an audit");
        }
        LogEnd end = new LogEnd(found.head(), found.chain(), TimeIndex.fill(rocks, columns, found.head()));
        if (!hasEndRow) {
            try (WriteOptions synced = new WriteOptions().setSync(true);
                    WriteBatch batch = new WriteBatch()) {
                batch.put(FORMAT_KEY, new byte[] {FORMAT});
                end.put(batch);
                rocks.write(synced, batch);
            }
        }
        return end;
    }

    private LogEnd lastEvent() throws RocksDBException {
        try (RocksIterator events = rocks.newIterator(columns.events())) {
            events.seekToLast();
            // A failed read of the last event is not an empty log: the log would be overwritten.
            events.status();
            if (!events.isValid()) {
                return LogEnd.NONE;
            }
            long head = KeyEncoding.position(events.key());
            // The next event is chained to this one, so it must be intact.
            EventRecord.decode(head, events.value());
            return new LogEnd(head, EventRecord.chainOf(events.value()), LogEnd.NONE.latest());
        }
    }

    /** @throws StoreException for a store of a later version */
    static boolean hasEndRow(RocksDB rocks) throws RocksDBException {
        byte[] format = rocks.get(FORMAT_KEY);
        if (format != null && (format.length != 1 || format[0] != FORMAT)) {
            throw new StoreException(
                    "The event store was written by a later version of Kontor: its format is %d, and this version knows 1"
                            .formatted(format.length == 1 ? format[0] : -1));
        }
        return format != null;
    }

    /** Null if the log ends as recorded. */
    static String differs(LogEnd found, LogEnd left) {
        if (left == null) {
            return "The row for the end of the log is missing, and the last event is at position %d"
                    .formatted(found.head());
        }
        if (found.head() < left.head()) {
            return found.head() + 1 == left.head()
                    ? "The event at position %d is missing at the end of the log".formatted(left.head())
                    : "The events at positions %d to %d are missing at the end of the log"
                            .formatted(found.head() + 1, left.head());
        }
        if (found.head() > left.head()) {
            return "The log ended at position %d, and there is an event at position %d"
                    .formatted(left.head(), found.head());
        }
        return found.chain() == left.chain()
                ? null
                : "The event at position %d is not the one that the log ended with".formatted(found.head());
    }
}
