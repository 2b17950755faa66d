package dev.kontor.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventData;
import org.axonframework.serialization.SerializedType;
import org.rocksdb.RocksIterator;

/** Reads events from the disk and verifies that each is the one written at its position. */
final class EventRecordReader {

    private final EmbeddedStore store;

    EventRecordReader(EmbeddedStore store) {
        this.store = store;
    }

    /**
     * Returns up to {@code most} events of an aggregate from a sequence number on; fewer only if there are no more.
     *
     * @throws StoreException for a damaged, missing or wrong record, with its position
     */
    List<StoredDomainEvent> ofAggregate(String aggregateId, long firstSequence, int most) {
        byte[] first = KeyEncoding.sequence(aggregateId, firstSequence);
        // Axon reads a new aggregate before it creates it. RocksDB has filters for one row, but not for a range.
        if (firstSequence == 0 && store.get(ColumnFamilies.SEQUENCES, first) == null) {
            return List.of();
        }
        return store.reading(() -> {
            List<StoredDomainEvent> events = new ArrayList<>();
            try (RocksIterator sequences = store.iterate(ColumnFamilies.SEQUENCES)) {
                for (sequences.seek(first);
                        events.size() < most && sequences.isValid() && KeyEncoding.isOf(sequences.key(), aggregateId);
                        sequences.next()) {
                    events.add(ofAggregate(aggregateId, KeyEncoding.sequence(sequences.key()), sequences.value()));
                }
                // A failed read of the index must not look like a shorter history.
                sequences.status();
            }
            return events;
        });
    }

    private StoredDomainEvent ofAggregate(String aggregateId, long sequence, byte[] key) {
        long position = KeyEncoding.position(key);
        byte[] encoded = store.get(ColumnFamilies.EVENTS, key);
        if (encoded == null) {
            throw new StoreException(
                    "The event at position %d of aggregate %s is missing".formatted(position, aggregateId));
        }
        EventRecord stored = EventRecord.decode(position, encoded);
        if (!aggregateId.equals(stored.aggregateId()) || sequence != stored.sequence()) {
            throw new StoreException("The event at position %d is not event %d of aggregate %s"
                    .formatted(position, sequence, aggregateId));
        }
        return new StoredDomainEvent(null, stored);
    }

    /**
     * Reads up to {@code most} stored events from a position on; fewer only if the log ends.
     *
     * @param ignored types whose events are verified and not returned, except the last event that was read
     * @throws StoreException for a damaged, missing or exchanged record, with its position
     */
    List<TrackedEventData<?>> from(long from, int most, Set<SerializedType> ignored) {
        // Bounded by the current head: an event is visible only after it is durable.
        long last = Math.min(store.head(), from + most - 1);
        if (last < from) {
            return List.of();
        }
        return store.reading(() -> {
            List<TrackedEventData<?>> events = new ArrayList<>((int) (last - from + 1));
            try (RocksIterator stored = store.iterate(ColumnFamilies.EVENTS)) {
                // Starts one event earlier, for its chain: only the chain detects a record exchanged for another intact
                // one.
                long position = Math.max(0, from - 1);
                int chain = 0;
                for (stored.seek(KeyEncoding.position(position)); position <= last; position++, stored.next()) {
                    stored.status();
                    if (!stored.isValid() || KeyEncoding.position(stored.key()) != position) {
                        throw new StoreException("The event at position %d is missing".formatted(position));
                    }
                    byte[] encoded = stored.value();
                    if (position >= from) {
                        EventRecord.verify(position, encoded);
                        if (!EventRecord.isLinked(encoded, chain, position)) {
                            throw new StoreException("The event at position %d does not follow from the one before it"
                                    .formatted(position));
                        }
                        if (position == last || !isIgnored(position, encoded, ignored)) {
                            events.add(tracked(position, EventRecord.ofVerified(position, encoded)));
                        }
                    }
                    chain = EventRecord.chainOf(encoded);
                }
            }
            return events;
        });
    }

    private static boolean isIgnored(long position, byte[] encoded, Set<SerializedType> ignored) {
        return !ignored.isEmpty() && ignored.contains(EventRecord.typeOf(position, encoded));
    }

    private static TrackedEventData<byte[]> tracked(long position, EventRecord stored) {
        GlobalSequenceTrackingToken token = new GlobalSequenceTrackingToken(position);
        return stored.isOfAggregate() ? new StoredDomainEvent(token, stored) : new StoredEvent(token, stored);
    }
}
