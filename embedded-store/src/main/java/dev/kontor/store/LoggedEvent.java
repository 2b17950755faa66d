package dev.kontor.store;

import java.time.Instant;

/**
 * An event as stored in the log, its payload and metadata as the stored bytes.
 *
 * @param aggregateType null for an event of no aggregate, as are aggregateId and (as -1) sequence
 * @param type the name under which the payload is stored
 * @param revision null if there is none
 */
public record LoggedEvent(
        long position,
        String eventId,
        Instant time,
        String aggregateType,
        String aggregateId,
        long sequence,
        String type,
        String revision,
        byte[] payload,
        byte[] metadata) {

    EventRecord toRecord() {
        return new EventRecord(eventId, time, aggregateType, aggregateId, sequence, type, revision, payload, metadata);
    }

    static LoggedEvent of(long position, EventRecord stored) {
        return new LoggedEvent(
                position,
                stored.eventId(),
                stored.time(),
                stored.aggregateType(),
                stored.aggregateId(),
                stored.sequence(),
                stored.payloadType(),
                stored.revision(),
                stored.payload(),
                stored.metadata());
    }
}
