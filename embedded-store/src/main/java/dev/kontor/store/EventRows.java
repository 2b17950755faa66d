package dev.kontor.store;

import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** Everything that stands in the book of one event: the record and each index of it. The one place that writes them. */
final class EventRows {

    private EventRows() {}

    /**
     * Links the event to the one before it and puts it into the batch.
     *
     * @param encoded the record, which is given its chain
     * @param aggregateId null for an event of no aggregate
     * @return the chain at this position
     */
    static int put(
            WriteBatch batch,
            Columns columns,
            long position,
            int chainBefore,
            byte[] encoded,
            String eventId,
            String aggregateId,
            long sequence)
            throws RocksDBException {
        int chain = EventRecord.chain(encoded, chainBefore, position);
        byte[] key = Keys.position(position);
        batch.put(columns.events(), key, encoded);
        batch.put(columns.identifiers(), Keys.text(eventId), key);
        if (aggregateId != null) {
            batch.put(columns.sequences(), Keys.sequence(aggregateId, sequence), key);
        }
        return chain;
    }
}
