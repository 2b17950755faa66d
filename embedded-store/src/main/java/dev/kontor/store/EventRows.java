package dev.kontor.store;

import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** Writes everything that the store keeps of one event: the record and its index rows. No other class writes them. */
final class EventRows {

    private EventRows() {}

    /**
     * Links the event to the end of the log and adds it to the batch.
     *
     * @param end the end of the log before the event
     * @param encoded the record, into which the chain is written
     * @param aggregateId null for an event of no aggregate
     * @return the end of the log after the event
     */
    static LogEnd put(
            WriteBatch batch,
            ColumnFamilies columns,
            LogEnd end,
            byte[] encoded,
            String eventId,
            String aggregateId,
            long sequence)
            throws RocksDBException {
        LogEnd after = end.after(encoded);
        byte[] key = KeyEncoding.position(after.head());
        batch.put(columns.events(), key, encoded);
        batch.put(columns.identifiers(), KeyEncoding.text(eventId), key);
        if (aggregateId != null) {
            batch.put(columns.sequences(), KeyEncoding.sequence(aggregateId, sequence), key);
        }
        TimeIndex.put(after, columns, batch);
        return after;
    }
}
