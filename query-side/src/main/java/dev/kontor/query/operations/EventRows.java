package dev.kontor.query.operations;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;

/**
 * Numbered events: those of the whole log, by position, or those of one aggregate, by sequence number.
 *
 * @param first the first number
 * @param end behind the last number
 */
record EventRows(Source source, long first, long end) {

    private static final int LONGEST_WAIT_SECONDS = 5;

    /** A numbered event. */
    record Row(long number, EventMessage<?> event) {}

    /** Reads the events from a number on, up to the one before {@code to}. */
    interface Source {

        List<Row> read(long from, long to);
    }

    static EventRows ofAggregate(EventStore log, String aggregateId) {
        long end = log.lastSequenceNumberFor(aggregateId).orElse(-1L) + 1;
        return new EventRows((from, to) -> readAggregate(log, aggregateId, from, to), 0, end);
    }

    private static List<Row> readAggregate(EventStore log, String aggregateId, long from, long to) {
        List<Row> rows = new ArrayList<>();
        DomainEventStream events = log.readEvents(aggregateId, from);
        while (events.hasNext() && events.peek().getSequenceNumber() < to) {
            DomainEventMessage<?> event = events.next();
            rows.add(new Row(event.getSequenceNumber(), event));
        }
        return rows;
    }

    /** The log as it is now. */
    static EventRows ofLog(EventStore log) {
        return new EventRows((from, to) -> readLog(log, from, to), first(log), positionOf(log.createHeadToken()) + 1);
    }

    private static long first(EventStore log) {
        return positionOf(log.createTailToken()) + 1;
    }

    /** -1 before the first event. */
    static long positionOf(TrackingToken token) {
        return token == null ? -1 : token.position().orElse(-1);
    }

    /** A token behind which a stream begins with this position. */
    static TrackingToken before(long position) {
        return position <= 0 ? null : new GlobalSequenceTrackingToken(position - 1);
    }

    private static List<Row> readLog(EventStore log, long from, long to) {
        List<Row> rows = new ArrayList<>();
        try (BlockingStream<TrackedEventMessage<?>> events = log.openStream(before(from))) {
            long next = from;
            while (next < to) {
                if (!events.hasNextAvailable(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("The log does not answer");
                }
                TrackedEventMessage<?> event = events.nextAvailable();
                long position = positionOf(event.trackingToken());
                if (position < to) {
                    rows.add(new Row(position, event));
                }
                next = position + 1;
            }
            return rows;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the log was read", e);
        }
    }
}
