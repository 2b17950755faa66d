package dev.kontor.store;

import java.nio.ByteBuffer;
import java.time.Instant;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A sparse index of the log by time. Each complete block of positions has a row with the latest time of all events up
 * to the block's end. These times never decrease, so the first event at or after a time is in the first block whose row
 * is not before it, although positions follow durability and not time.
 */
final class TimeIndex {

    private static final Logger log = LoggerFactory.getLogger(TimeIndex.class);

    static final int BLOCK = 1_024;

    private static final long READ_AHEAD_BYTES = 4L << 20;

    private TimeIndex() {}

    /** Writes the row of a block with the block's last event. */
    static void put(LogEnd end, ColumnFamilies columns, WriteBatch batch) throws RocksDBException {
        if ((end.head() + 1) % BLOCK == 0) {
            batch.put(
                    columns.named(ColumnFamilies.TIMES),
                    KeyEncoding.position(end.head() / BLOCK),
                    encode(end.latest()));
        }
    }

    private static byte[] encode(Instant time) {
        return ByteBuffer.allocate(12)
                .putLong(time.getEpochSecond())
                .putInt(time.getNano())
                .array();
    }

    static Instant decode(byte[] row) {
        ByteBuffer buffer = ByteBuffer.wrap(row);
        return Instant.ofEpochSecond(buffer.getLong(), buffer.getInt());
    }

    /** A position with no event at or after the time before it, at most one block before the first such event. */
    static long searchFrom(EmbeddedStore store, Instant time) {
        long blocks = (store.head() + 1) / BLOCK;
        long first = 0;
        long behind = blocks;
        while (first < behind) {
            long middle = (first + behind) >>> 1;
            byte[] row = store.get(ColumnFamilies.TIMES, KeyEncoding.position(middle));
            if (row == null) {
                throw new StoreException(
                        "The index of times has no row for the events from position %d on".formatted(middle * BLOCK));
            }
            if (decode(row).isBefore(time)) {
                first = middle + 1;
            } else {
                behind = middle;
            }
        }
        return first * BLOCK;
    }

    /** The latest time of all events. Creates missing rows: a store older than this index has none. */
    static Instant fill(RocksDB database, ColumnFamilies columns, long head) throws RocksDBException {
        long blocks = (head + 1) / BLOCK;
        long present = 0;
        Instant latest = Instant.MIN;
        boolean whole = true;
        try (RocksIterator rows = database.newIterator(columns.named(ColumnFamilies.TIMES))) {
            for (rows.seekToFirst(); rows.isValid() && whole; rows.next()) {
                whole = rows.value().length == 12
                        && KeyEncoding.position(rows.key()) == present
                        && !decode(rows.value()).isBefore(latest);
                if (whole) {
                    latest = decode(rows.value());
                    present++;
                }
            }
            rows.status();
        }
        if (!whole || present > blocks) {
            log.warn("the index of times does not match the log and is rebuilt");
            database.deleteRange(
                    columns.named(ColumnFamilies.TIMES), KeyEncoding.position(0), KeyEncoding.position(Long.MAX_VALUE));
            present = 0;
            latest = Instant.MIN;
        } else if (blocks - present > 1) {
            log.info("making the index of times for {} events", head + 1 - present * BLOCK);
        }
        return fill(database, columns, present * BLOCK, latest);
    }

    private static Instant fill(RocksDB database, ColumnFamilies columns, long from, Instant before)
            throws RocksDBException {
        Instant latest = before;
        try (ReadOptions ahead =
                        new ReadOptions().setReadaheadSize(READ_AHEAD_BYTES).setFillCache(false);
                RocksIterator events = database.newIterator(columns.events(), ahead);
                WriteOptions synced = new WriteOptions().setSync(true);
                WriteBatch batch = new WriteBatch()) {
            for (events.seek(KeyEncoding.position(from)); events.isValid(); events.next()) {
                // A truncated record has no time; readers of it get the error.
                if (EventRecord.hasTime(events.value())) {
                    Instant time = EventRecord.timeOf(events.value());
                    latest = time.isAfter(latest) ? time : latest;
                }
                put(new LogEnd(KeyEncoding.position(events.key()), 0, latest), columns, batch);
            }
            events.status();
            if (batch.count() > 0) {
                database.write(synced, batch);
            }
        }
        return latest;
    }
}
