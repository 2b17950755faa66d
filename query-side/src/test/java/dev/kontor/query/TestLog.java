package dev.kontor.query;

import dev.kontor.store.EmbeddedEventStorageEngine;
import dev.kontor.store.EmbeddedEventStore;
import dev.kontor.store.EmbeddedStore;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.Serializer;

/** Writes events to the log as if their aggregates had. */
final class TestLog {

    private final EventStore store;
    private final Map<String, Long> sequences = new HashMap<>();

    TestLog(EventStore store) {
        this.store = store;
    }

    /** Axon's event store over this one. */
    static EventStore eventStore(EmbeddedStore store, Serializer serializer) {
        return EmbeddedEventStore.builder()
                .engine(EmbeddedEventStorageEngine.builder()
                        .store(store)
                        .eventSerializer(serializer)
                        .snapshotSerializer(serializer)
                        .build())
                .build();
    }

    /** Writes one event as the aggregate's next; returns its sequence number. */
    long append(String aggregateId, Object event, Instant at) {
        long sequence = sequences.merge(aggregateId, 0L, (last, zero) -> last + 1);
        store.publish(new GenericDomainEventMessage<>(
                "Test", aggregateId, sequence, event, MetaData.emptyInstance(), aggregateId + "#" + sequence, at));
        return sequence;
    }
}
