package dev.kontor.audit;

import java.time.Instant;

/**
 * An event of an aggregate, as far as the audit reads it.
 *
 * @param worked the moment on the {@link WorkClock}, in milliseconds
 */
public record Event(
        long position,
        Instant time,
        long worked,
        String aggregateType,
        String aggregateId,
        long sequence,
        String type,
        Payload payload) {

    /** The aggregate, as reports name it. */
    public String subject() {
        return aggregateType + " " + aggregateId;
    }

    /** Whether the event is of this room. */
    public boolean isOf(String room) {
        return type.length() > room.length() && type.charAt(room.length()) == '.' && type.startsWith(room);
    }
}
