package dev.kontor.command.platform;

import dev.kontor.api.storage.UnknownEvents;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.UnknownSerializedType;

/** What all aggregates have in common. */
public abstract class LoggedAggregate {

    /**
     * A state without the event would be wrong, so there is none.
     *
     * @throws SerializationException always
     */
    @EventSourcingHandler
    void on(UnknownSerializedType event) {
        throw UnknownEvents.refusal(event.serializedType());
    }
}
