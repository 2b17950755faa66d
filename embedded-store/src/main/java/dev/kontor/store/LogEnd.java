package dev.kontor.store;

import java.nio.ByteBuffer;
import java.time.Instant;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * The end of the log. Every group of events updates its row, so that events removed at the end are detected.
 *
 * @param head the position of the last event, -1 for none
 * @param chain the chain at that position
 * @param latest the latest time of all events, {@link Instant#MIN} for none; not in the row
 */
record LogEnd(long head, int chain, Instant latest) {

    static final LogEnd NONE = new LogEnd(-1, 0, Instant.MIN);

    private static final byte[] KEY = KeyEncoding.text("log-end");

    /** The end after one more event. */
    LogEnd after(byte[] encoded) {
        long position = head + 1;
        Instant time = EventRecord.timeOf(encoded);
        return new LogEnd(position, EventRecord.chain(encoded, chain, position), time.isAfter(latest) ? time : latest);
    }

    void put(WriteBatch batch) throws RocksDBException {
        batch.put(KEY, ByteBuffer.allocate(12).putLong(head).putInt(chain).array());
    }

    /** Reads the row; null if there is none: the store is older than such rows, or the row is lost. */
    static LogEnd find(RocksDB database) throws RocksDBException {
        byte[] row = database.get(KEY);
        if (row == null) {
            return null;
        }
        if (row.length != 12) {
            throw new StoreException("The row for the end of the log is damaged");
        }
        ByteBuffer buffer = ByteBuffer.wrap(row);
        return new LogEnd(buffer.getLong(), buffer.getInt(), Instant.MIN);
    }
}
