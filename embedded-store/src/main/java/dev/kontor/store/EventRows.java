package dev.kontor.store;

import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** Everything that stands in the store of one event: the record and each index of it. The one place that writes them. */
final class EventRows {

    private EventRows() {}

    /**
     * Links the event to the end of the log and puts it into the batch.
     *
     * @param end where the log ends before it
     * @param encoded the record, which is given its chain
     * @param aggregateId null for an event of no aggregate
     * @return where the log ends with it
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
