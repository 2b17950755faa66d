package dev.kontor.audit;

import java.time.Duration;
import java.time.Instant;

/**
 * The time in which the system had the chance to work. A log does not tell a shop that was quiet from one that was switched
 * off, so a pause between two events counts for {@link #LONGEST_PAUSE} at most, and a clock that is set back for nothing.
 */
public final class WorkClock {

    /** What must follow from an event has followed after so much time in which the system could work. */
    public static final Duration GRACE = Duration.ofMinutes(2);

    static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private long worked;
    private long last;
    private boolean started;

    /** The moment of the next event, in milliseconds of work since the first one. */
    public long at(Instant time) {
        long now = time.toEpochMilli();
        if (started) {
            worked += Math.clamp(now - last, 0, LONGEST_PAUSE.toMillis());
        }
        started = true;
        last = now;
        return worked;
    }

    /**
     * The moment of the audit.
     *
     * @param now of a system that runs; null for one that is stopped, whose time ended with its last event
     * @param upFor how long it runs
     */
    public long atEnd(Instant now, Duration upFor) {
        return now == null || !started ? worked : worked + Math.clamp(now.toEpochMilli() - last, 0, upFor.toMillis());
    }

    /** Whether what was due at a moment must be there by now. */
    public static boolean isOverdue(long due, long now) {
        return now - due > GRACE.toMillis();
    }
}
