package dev.kontor.audit;

import java.time.Instant;

/**
 * An event of an aggregate, as far as the audit reads it.
 *
 * @param worked its time on the {@link WorkClock}, in milliseconds
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

    /** The aggregate's name in reports. */
    public String subject() {
        return aggregateType + " " + aggregateId;
    }

    /** Whether the event is of this feature. */
    public boolean isOf(String feature) {
        return type.length() > feature.length() && type.charAt(feature.length()) == '.' && type.startsWith(feature);
    }
}
