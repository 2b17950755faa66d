package dev.kontor.bench;

import dev.kontor.store.StoreListener;
import java.time.Duration;
import java.util.Arrays;

/** Every group that the event store writes, and how long it took to be durable. Told by one thread, read when that rests. */
final class Syncs implements StoreListener {

    private long[] nanos = new long[1 << 16];
    private int groups;
    private long requests;

    /** What was written since the last reset. */
    record Summary(double requestsPerGroup, Result times) {}

    @Override
    public synchronized void written(Group group, Duration took) {
        if (groups == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * groups);
        }
        nanos[groups++] = took.toNanos();
        requests += group.requests();
    }

    synchronized void reset() {
        groups = 0;
        requests = 0;
    }

    synchronized Summary summary() {
        long[] sorted = Arrays.copyOf(nanos, groups);
        Arrays.sort(sorted);
        return new Summary((double) requests / Math.max(1, groups), new Result(sorted, 0));
    }
}
