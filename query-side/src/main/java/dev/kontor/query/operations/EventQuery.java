package dev.kontor.query.operations;

import dev.kontor.api.storage.StoredTypes;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.grpc.platform.Violations;
import dev.kontor.proto.operations.EventFilter;
import dev.kontor.side.operations.LoggedEvents;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;

/**
 * Which events are asked for. An absent part does not limit.
 *
 * @param aggregateId null for all
 * @param type the class of a stored type, null for all
 * @param requestId null for all
 * @param from of the times, null for none
 * @param until behind the times, null for none
 * @param first of the positions
 * @param end behind the positions
 */
record EventQuery(
        String aggregateId, Class<?> type, String requestId, Instant from, Instant until, long first, long end) {

    /** Characters of an identifier. */
    static final int LONGEST_ID = 200;

    private static final StoredTypes TYPES = StoredTypes.events();

    /** @throws RefusedException if something in it cannot be asked for */
    static EventQuery of(EventFilter filter) {
        Violations violations = new Violations();
        checkLength(violations, "aggregate", filter.getAggregateId());
        checkLength(violations, "request", filter.getRequestId());
        boolean hasType = !filter.getType().isEmpty();
        Class<?> type = hasType ? TYPES.typeOf(filter.getType()).orElse(null) : null;
        if (hasType && type == null) {
            violations.add("type", "is not the name of a type of events");
        }
        boolean hasPositions = filter.hasFromPosition() || filter.hasUntilPosition();
        if (hasPositions && !filter.getAggregateId().isEmpty()) {
            violations.add("fromPosition", "cannot be asked for together with an aggregate");
        }
        if (filter.getFromPosition() < 0) {
            violations.add("fromPosition", "must be 0 or more");
        }
        if (filter.getUntilPosition() < 0) {
            violations.add("untilPosition", "must be 0 or more");
        }
        violations.refuseIfAny();
        return new EventQuery(
                orNull(filter.getAggregateId()),
                type,
                orNull(filter.getRequestId()),
                filter.hasFromMicros() ? instant(filter.getFromMicros()) : null,
                filter.hasUntilMicros() ? instant(filter.getUntilMicros()) : null,
                filter.getFromPosition(),
                filter.hasUntilPosition() ? filter.getUntilPosition() : Long.MAX_VALUE);
    }

    private static void checkLength(Violations violations, String name, String id) {
        if (id.length() > LONGEST_ID) {
            violations.add(name, "must have at most %d characters".formatted(LONGEST_ID));
        }
    }

    private static String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /** Reads no payload. */
    boolean accepts(EventMessage<?> event) {
        return (type == null || type == event.getPayloadType())
                && (aggregateId == null
                        || event instanceof DomainEventMessage<?> domain
                                && aggregateId.equals(domain.getAggregateIdentifier()))
                && (from == null || !event.getTimestamp().isBefore(from))
                && (until == null || event.getTimestamp().isBefore(until))
                && (requestId == null || requestId.equals(LoggedEvents.requestOf(event)));
    }
}
