package dev.kontor.side.platform;

import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** Positions in the log as counts of events: 0 is the beginning. */
public record LogPositions(EventStore log) {

    private static final long BEFORE_FIRST = -1;

    /** The number of events in the log. */
    public long head() {
        return count(log.createHeadToken());
    }

    /** The number of events up to this one, and with it; 0 for null. */
    public long count(TrackingToken token) {
        if (token == null) {
            return 0;
        }
        long beforeFirst = beforeFirst(log.createTailToken());
        return token.position().orElse(beforeFirst) - beforeFirst;
    }

    /** The token of a processor that has read so many events. */
    TrackingToken after(long count) {
        TrackingToken tail = log.createTailToken();
        return count == 0 ? tail : new GlobalSequenceTrackingToken(beforeFirst(tail) + count);
    }

    private static long beforeFirst(TrackingToken tail) {
        return tail == null ? BEFORE_FIRST : tail.position().orElse(BEFORE_FIRST);
    }
}
