package dev.kontor.side.platform;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** The events that a processor reads in a second, over its last looks. One thread looks, others may read. */
final class ReadRate {

    /** Ten seconds, at one look a second. */
    private static final int LOOKS = 11;

    private final Deque<Look> looks = new ArrayDeque<>();
    private volatile long perSecond;

    private record Look(long position, long nanos) {}

    void look(long position, long nanos) {
        if (looks.size() == LOOKS) {
            looks.removeFirst();
        }
        looks.addLast(new Look(position, nanos));
        Look first = looks.getFirst();
        long passed = nanos - first.nanos();
        // A processor that is reset goes back.
        perSecond = passed <= 0
                ? 0
                : Math.max(
                        0, (position - first.position()) * Duration.ofSeconds(1).toNanos() / passed);
    }

    long perSecond() {
        return perSecond;
    }
}
