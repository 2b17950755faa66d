package dev.kontor.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.axonframework.common.jdbc.PersistenceExceptionResolver;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventUtils;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventData;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.AbstractEventStorageEngine;
import org.axonframework.eventsourcing.snapshotting.SnapshotFilter;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.rocksdb.RocksIterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Axon's event storage over the {@link EmbeddedStore}. Tokens are positions without gaps, so a plain {@link
 * GlobalSequenceTrackingToken} suffices. Axon's tail token is position -1, before the first event.
 */
public final class EmbeddedEventStorageEngine extends AbstractEventStorageEngine {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedEventStorageEngine.class);

    private static final int CHUNK = 256;
    private static final int NO_POSITION = -1;

    private final EmbeddedStore store;
    private final EventRecordReader records;

    private EmbeddedEventStorageEngine(Builder builder) {
        super(builder);
        this.store = builder.store;
        this.records = new EventRecordReader(store);
    }

    public static Builder builder() {
        return new Builder();
    }

    EmbeddedStore store() {
        return store;
    }

    @Override
    protected void appendEvents(List<? extends EventMessage<?>> events, Serializer serializer) {
        if (events.isEmpty()) {
            return;
        }
        // The appending thread encodes and checks the event, so that the committer only copies it.
        long head = store.head();
        List<UnitOfWorkWrites.Append> appends = new ArrayList<>(events.size());
        for (EventMessage<?> event : events) {
            if (store.get(ColumnFamilies.IDENTIFIERS, KeyEncoding.text(event.getIdentifier())) != null) {
                throw refusal(AlreadyWrittenException.of(event), event);
            }
            EventRecord eventRecord = EventRecord.of(event, serializer);
            appends.add(new UnitOfWorkWrites.Append(
                    event,
                    eventRecord.aggregateId(),
                    eventRecord.sequence(),
                    eventRecord.encode(),
                    head,
                    taken -> refusal(taken, event)));
        }
        store.write(pending -> appends.forEach(pending::append));
    }

    private RuntimeException refusal(RuntimeException taken, EventMessage<?> event) {
        try {
            handlePersistenceException(taken, event);
            return taken;
        } catch (RuntimeException translated) {
            return translated;
        }
    }

    @Override
    protected Stream<? extends DomainEventData<?>> readEventData(String aggregateId, long firstSequence) {
        return ChunkedStream.stream(
                firstSequence,
                CHUNK,
                false,
                (from, most) -> records.ofAggregate(aggregateId, from, most),
                StoredDomainEvent::getSequenceNumber);
    }

    @Override
    protected Stream<? extends TrackedEventData<?>> readEventData(TrackingToken token, boolean mayBlock) {
        return ChunkedStream.stream(
                positionAfter(token),
                CHUNK,
                true,
                (from, most) -> readData(from, most, Set.of()),
                event -> event.trackingToken().position().orElseThrow());
    }

    /**
     * Reads up to {@code most} stored events from a position on; fewer only if the log ends.
     *
     * @param ignored types of which only the last event is returned, if it is the last of all that was read
     */
    List<TrackedEventData<?>> readData(long from, int most, Set<SerializedType> ignored) {
        return records.from(from, most, ignored);
    }

    /** Turns stored data into messages: upcast, with payloads deserialized on first use. */
    List<TrackedEventMessage<?>> asMessages(List<TrackedEventData<?>> data) {
        return EventUtils.upcastAndDeserializeTrackedEvents(data.stream(), getEventSerializer(), upcasterChain)
                .toList();
    }

    /** @throws IllegalArgumentException for a token of another kind of store */
    static long positionAfter(TrackingToken token) {
        return switch (token) {
            case null -> 0;
            case GlobalSequenceTrackingToken global -> global.getGlobalIndex() + 1;
            default -> throw new IllegalArgumentException("Not a token of this log: " + token);
        };
    }

    /** Ignores a snapshot of an earlier state than the stored one. */
    @Override
    protected void storeSnapshot(DomainEventMessage<?> snapshot, Serializer serializer) {
        String aggregateId = snapshot.getAggregateIdentifier();
        if (readSnapshotData(aggregateId).anyMatch(kept -> kept.getSequenceNumber() > snapshot.getSequenceNumber())) {
            return;
        }
        byte[] encoded = EventRecord.of(snapshot, serializer).encode();
        store.write(pending -> pending.row(ColumnFamilies.SNAPSHOTS, aggregateId, encoded, null));
    }

    /**
     * An aggregate has at most one snapshot. A damaged one is ignored: Axon then loads the events from the beginning.
     */
    @Override
    protected Stream<? extends DomainEventData<?>> readSnapshotData(String aggregateId) {
        byte[] encoded = store.get(ColumnFamilies.SNAPSHOTS, KeyEncoding.text(aggregateId));
        if (encoded == null) {
            return Stream.empty();
        }
        try {
            return Stream.of(new StoredDomainEvent(null, EventRecord.decode(NO_POSITION, encoded)));
        } catch (StoreException e) {
            log.warn("the snapshot of aggregate {} is damaged and not used", aggregateId, e);
            return Stream.empty();
        }
    }

    /** Deserializes the payload here: a failure must show while Axon can still fall back to the events. */
    @Override
    public Optional<DomainEventMessage<?>> readSnapshot(String aggregateId) {
        Optional<DomainEventMessage<?>> snapshot = super.readSnapshot(aggregateId);
        snapshot.ifPresent(DomainEventMessage::getPayload);
        return snapshot;
    }

    @Override
    public Optional<Long> lastSequenceNumberFor(String aggregateId) {
        long last = store.reading(() -> store.committer().lastSequence(aggregateId));
        return last < 0 ? Optional.empty() : Optional.of(last);
    }

    @Override
    public TrackingToken createTailToken() {
        return new GlobalSequenceTrackingToken(-1);
    }

    @Override
    public TrackingToken createHeadToken() {
        return new GlobalSequenceTrackingToken(store.head());
    }

    /** The position before the first event that is not before the time; the head if there is none. */
    @Override
    public TrackingToken createTokenAt(Instant time) {
        return store.reading(() -> {
            try (RocksIterator stored = store.iterate(ColumnFamilies.EVENTS)) {
                for (stored.seek(KeyEncoding.position(TimeIndex.searchFrom(store, time)));
                        stored.isValid();
                        stored.next()) {
                    if (!EventRecord.timeOf(stored.value()).isBefore(time)) {
                        return new GlobalSequenceTrackingToken(KeyEncoding.position(stored.key()) - 1);
                    }
                }
                stored.status();
            }
            return createHeadToken();
        });
    }

    /** Builds an engine; requires {@code store} and both serializers. */
    public static final class Builder extends AbstractEventStorageEngine.Builder {

        private EmbeddedStore store;

        private Builder() {
            super.persistenceExceptionResolver(AlreadyWrittenException.class::isInstance);
        }

        public Builder store(EmbeddedStore store) {
            this.store = store;
            return this;
        }

        @Override
        public Builder snapshotSerializer(Serializer snapshotSerializer) {
            super.snapshotSerializer(snapshotSerializer);
            return this;
        }

        @Override
        public Builder eventSerializer(Serializer eventSerializer) {
            super.eventSerializer(eventSerializer);
            return this;
        }

        @Override
        public Builder persistenceExceptionResolver(PersistenceExceptionResolver persistenceExceptionResolver) {
            super.persistenceExceptionResolver(persistenceExceptionResolver);
            return this;
        }

        @Override
        public Builder upcasterChain(EventUpcaster upcasterChain) {
            super.upcasterChain(upcasterChain);
            return this;
        }

        @Override
        public Builder snapshotFilter(SnapshotFilter snapshotFilter) {
            super.snapshotFilter(snapshotFilter);
            return this;
        }

        public EmbeddedEventStorageEngine build() {
            if (store == null) {
                throw new IllegalStateException("An engine needs an embedded store");
            }
            return new EmbeddedEventStorageEngine(this);
        }
    }
}
