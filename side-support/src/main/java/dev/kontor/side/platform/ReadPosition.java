package dev.kontor.side.platform;

import java.time.Duration;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * How far one processor is behind the log, by looks at both. Times are those of {@link System#nanoTime}; positions are
 * those of the log, and -1 is before the first event. Not safe for several threads.
 */
final class ReadPosition {

    /** Ends of the log that are remembered: an hour, at one look a second. */
    static final int MOST_ENDS = 3_600;

    /** What a look finds; all are zero for a processor that has read the whole log. */
    record Lag(long events, Duration delay, Duration stall) {

        static final Lag NONE = new Lag(0, Duration.ZERO, Duration.ZERO);
    }

    /** Ends of the log that were not read when they were last looked at, with the time they were first seen. */
    private final NavigableMap<Long, Long> unread = new TreeMap<>();

    private long position;
    private long movedAt;

    ReadPosition(long position, long now) {
        this.position = position;
        this.movedAt = now;
    }

    /** The position at the last look. */
    long position() {
        return position;
    }

    Lag look(long read, long end, long now) {
        if (read != position || read >= end) {
            movedAt = now;
        }
        position = read;
        unread.headMap(read, true).clear();
        if (read >= end) {
            return Lag.NONE;
        }
        unread.putIfAbsent(end, now);
        if (unread.size() > MOST_ENDS) {
            // The oldest one stays: it tells the delay.
            unread.remove(unread.higherKey(unread.firstKey()));
        }
        return new Lag(
                end - read, Duration.ofNanos(now - unread.firstEntry().getValue()), Duration.ofNanos(now - movedAt));
    }
}
