package dev.kontor.audit;

import java.time.Instant;

/**
 * An event as stored in the log.
 *
 * @param aggregateType null for an event of no aggregate, as are aggregateId and (as -1) sequence
 * @param type the name under which the payload is stored
 * @param revision null if there is none
 * @param payload JSON in UTF-8
 */
public record RawEvent(
        long position,
        String eventId,
        Instant time,
        String aggregateType,
        String aggregateId,
        long sequence,
        String type,
        String revision,
        byte[] payload) {}
