package dev.kontor.query;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.MetaData;

/** Writes events to the log as if their aggregates had. */
final class TestLog {

    private final EventStore store;
    private final Map<String, Long> sequences = new HashMap<>();

    TestLog(EventStore store) {
        this.store = store;
    }

    /** Writes one event as the aggregate's next; returns its sequence number. */
    long append(String aggregateId, Object event, Instant at) {
        long sequence = sequences.merge(aggregateId, 0L, (last, zero) -> last + 1);
        store.publish(new GenericDomainEventMessage<>(
                "Test", aggregateId, sequence, event, MetaData.emptyInstance(), aggregateId + "#" + sequence, at));
        return sequence;
    }
}
