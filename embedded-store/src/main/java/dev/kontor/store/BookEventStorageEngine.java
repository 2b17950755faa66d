package dev.kontor.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
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
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.rocksdb.RocksIterator;

/**
 * Axon's event storage over the {@link Book}. Tokens are positions, without gaps, so a plain
 * {@link GlobalSequenceTrackingToken} says all; the tail is position -1, before the first event.
 */
public final class BookEventStorageEngine extends AbstractEventStorageEngine {

    private static final int CHUNK = 256;

    private final Book book;

    private BookEventStorageEngine(Builder builder) {
        super(builder);
        this.book = builder.book;
    }

    public static Builder builder() {
        return new Builder();
    }

    Book book() {
        return book;
    }

    @Override
    protected void appendEvents(List<? extends EventMessage<?>> events, Serializer serializer) {
        if (events.isEmpty()) {
            return;
        }
        // Encoded here, on the thread that appends: the committer has only to copy.
        List<PendingWrites.Append> appends = new ArrayList<>(events.size());
        for (EventMessage<?> event : events) {
            EventRecord eventRecord = EventRecord.of(event, serializer);
            appends.add(new PendingWrites.Append(
                    event, eventRecord.aggregateId(), eventRecord.sequence(), eventRecord.encode()));
        }
        book.write(pending -> appends.forEach(pending::append));
    }

    @Override
    protected Stream<? extends DomainEventData<?>> readEventData(String aggregateId, long firstSequence) {
        List<DomainEventData<?>> events = new ArrayList<>();
        try (RocksIterator sequences = book.iterate(Columns.SEQUENCES)) {
            for (sequences.seek(Keys.sequence(aggregateId, firstSequence));
                    sequences.isValid() && Keys.isOf(sequences.key(), aggregateId);
                    sequences.next()) {
                byte[] key = sequences.value();
                byte[] encoded = book.get(Columns.EVENTS, key);
                if (encoded == null) {
                    throw new BookException("The event at position %,d of aggregate %s is missing"
                            .formatted(Keys.position(key), aggregateId));
                }
                events.add(new StoredDomainEvent(null, EventRecord.decode(Keys.position(key), encoded)));
            }
        }
        return events.stream();
    }

    @Override
    protected Stream<? extends TrackedEventData<?>> readEventData(TrackingToken token, boolean mayBlock) {
        long first = positionAfter(token);
        Iterator<TrackedEventData<?>> chunks = new Iterator<>() {
            private long next = first;
            private Iterator<TrackedEventData<?>> chunk = List.<TrackedEventData<?>>of().iterator();

            @Override
            public boolean hasNext() {
                if (!chunk.hasNext()) {
                    List<TrackedEventData<?>> read = readData(next, CHUNK);
                    next += read.size();
                    chunk = read.iterator();
                }
                return chunk.hasNext();
            }

            @Override
            public TrackedEventData<?> next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return chunk.next();
            }
        };
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(chunks, Spliterator.ORDERED | Spliterator.NONNULL), false);
    }

    /** Up to so many events from a position on, as they are stored; fewer only where the log ends. */
    List<TrackedEventData<?>> readData(long from, int most) {
        // Bounded by the head at this moment: an event is shown only after it is durable.
        long last = Math.min(book.head(), from + most - 1);
        List<TrackedEventData<?>> events = new ArrayList<>((int) Math.max(0, last - from + 1));
        try (RocksIterator stored = book.iterate(Columns.EVENTS)) {
            stored.seek(Keys.position(from));
            for (long position = from; position <= last; position++) {
                if (!stored.isValid() || Keys.position(stored.key()) != position) {
                    throw new BookException("The event at position %,d is missing".formatted(position));
                }
                events.add(tracked(position, EventRecord.decode(position, stored.value())));
                stored.next();
            }
        }
        return events;
    }

    /** Turns what is stored into messages: upcast, payloads read when first asked for. */
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

    private static TrackedEventData<byte[]> tracked(long position, EventRecord stored) {
        GlobalSequenceTrackingToken token = new GlobalSequenceTrackingToken(position);
        return stored.isOfAggregate() ? new StoredDomainEvent(token, stored) : new StoredEvent(token, stored);
    }

    @Override
    protected void storeSnapshot(DomainEventMessage<?> snapshot, Serializer serializer) {
        byte[] encoded = EventRecord.of(snapshot, serializer).encode();
        book.write(pending -> pending.row(Columns.SNAPSHOTS, snapshot.getAggregateIdentifier(), encoded));
    }

    /** The last one: an aggregate has one snapshot, each replaces the one before. */
    @Override
    protected Stream<? extends DomainEventData<?>> readSnapshotData(String aggregateId) {
        byte[] encoded = book.get(Columns.SNAPSHOTS, Keys.text(aggregateId));
        return encoded == null ? Stream.empty() : Stream.of(new StoredDomainEvent(null, EventRecord.decode(-1, encoded)));
    }

    @Override
    public Optional<Long> lastSequenceNumberFor(String aggregateId) {
        long last = book.committer().lastSequence(aggregateId);
        return last < 0 ? Optional.empty() : Optional.of(last);
    }

    @Override
    public TrackingToken createTailToken() {
        return new GlobalSequenceTrackingToken(-1);
    }

    @Override
    public TrackingToken createHeadToken() {
        return new GlobalSequenceTrackingToken(book.head());
    }

    /** Positions follow durability, not time, so neighbours may be out of order: every event is looked at. */
    @Override
    public TrackingToken createTokenAt(Instant time) {
        try (RocksIterator stored = book.iterate(Columns.EVENTS)) {
            for (stored.seekToFirst(); stored.isValid(); stored.next()) {
                if (!EventRecord.timeOf(stored.value()).isBefore(time)) {
                    return new GlobalSequenceTrackingToken(Keys.position(stored.key()) - 1);
                }
            }
        }
        return createHeadToken();
    }

    /** Sets up an engine; {@code book} and both serializers are needed. */
    public static final class Builder extends AbstractEventStorageEngine.Builder {

        private Book book;

        private Builder() {}

        public Builder book(Book book) {
            this.book = book;
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
        public Builder upcasterChain(EventUpcaster upcasterChain) {
            super.upcasterChain(upcasterChain);
            return this;
        }

        @Override
        public Builder snapshotFilter(SnapshotFilter snapshotFilter) {
            super.snapshotFilter(snapshotFilter);
            return this;
        }

        public BookEventStorageEngine build() {
            if (book == null) {
                throw new IllegalStateException("An engine needs a book");
            }
            return new BookEventStorageEngine(this);
        }
    }
}
