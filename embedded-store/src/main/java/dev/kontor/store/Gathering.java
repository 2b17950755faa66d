package dev.kontor.store;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Decides how long the committer waits for further writes before it writes a group. Each group costs a sync and wakes
 * the readers of the log. Where many writers share the processors, few large groups cost less than many small ones.
 *
 * <p>It learns from the groups before. A single writer never waits, because its next write comes after its last one is
 * durable: its groups have one write. Otherwise a group is complete when no write has come for twice the usual time
 * between two writes, or after {@link #LONGEST}.
 */
final class Gathering {

    /** The longest wait of a group. */
    static final Duration LONGEST = Duration.ofMillis(10);

    /** A shorter pause is not worth the switches of the thread: as many writes come during a sync. */
    private static final long WORTHWHILE_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    /** The average size of a group above which there are several writers. */
    private static final double SEVERAL_WRITERS = 1.25;

    /** The weight of a new group in the averages. */
    private static final double WEIGHT = 1.0 / 16;

    private double size = 1;
    private double nanosBetween = LONGEST.toNanos();
    private long previous;

    /** @param now as in {@link System#nanoTime} */
    Gathering(long now) {
        previous = now;
    }

    /** The pause without a write after which the next group is complete; 0 if it is complete at once. */
    long pauseNanos() {
        long pause = (long) (2 * nanosBetween);
        boolean worthwhile = pause >= WORTHWHILE_NANOS && pause <= LONGEST.toNanos();
        return size >= SEVERAL_WRITERS && worthwhile ? pause : 0;
    }

    /** @param now when the group was complete, as in {@link System#nanoTime} */
    void gathered(int writes, long now) {
        long between = Math.min((now - previous) / writes, LONGEST.toNanos());
        size += WEIGHT * (writes - size);
        nanosBetween += WEIGHT * (between - nanosBetween);
        previous = now;
    }
}
