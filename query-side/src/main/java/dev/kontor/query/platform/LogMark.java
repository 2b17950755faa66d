package dev.kontor.query.platform;

import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** Tells two logs apart: the id of the event at a position. */
final class LogMark {

    private static final long LONGEST_WAIT_SECONDS = 10;

    private LogMark() {}

    /**
     * Empty for the beginning of the log, null if the log ends before the position.
     *
     * @throws IllegalStateException if the log does not answer
     */
    static String at(EventStore log, long position) {
        if (position < 0) {
            return "";
        }
        TrackingToken head = log.createHeadToken();
        if (head == null || head.position().orElse(-1) < position) {
            return null;
        }
        TrackingToken before = position == 0 ? null : new GlobalSequenceTrackingToken(position - 1);
        try (BlockingStream<TrackedEventMessage<?>> events = log.openStream(before)) {
            if (!events.hasNextAvailable((int) LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("The log does not answer");
            }
            TrackedEventMessage<?> event = events.nextAvailable();
            return event.trackingToken().position().orElse(-1) == position ? event.getIdentifier() : null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the log was read", e);
        }
    }
}
