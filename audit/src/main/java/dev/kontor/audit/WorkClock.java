package dev.kontor.audit;

import java.time.Duration;
import java.time.Instant;

/**
 * Measures the time in which the system could work. A log does not distinguish an idle system from a stopped one, so a
 * pause between two events counts for {@link #LONGEST_PAUSE} at most, and a step back of the clock for nothing.
 */
public final class WorkClock {

    /** Within this much working time the consequences of an event must have followed. */
    public static final Duration GRACE = Duration.ofMinutes(2);

    static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private long worked;
    private long last;
    private boolean started;

    /** The time of the next event, in milliseconds of work since the first one. */
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
     * The time of the audit.
     *
     * @param now of a running system; null for a stopped one, whose time ended with its last event
     * @param upFor its uptime
     */
    public long atEnd(Instant now, Duration upFor) {
        return now == null || !started ? worked : worked + Math.clamp(now.toEpochMilli() - last, 0, upFor.toMillis());
    }

    /** Whether the consequence that was due at a moment must exist by now. */
    public static boolean isOverdue(long due, long now) {
        return now - due > GRACE.toMillis();
    }
}
