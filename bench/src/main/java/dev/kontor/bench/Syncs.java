package dev.kontor.bench;

import dev.kontor.store.StoreListener;
import java.time.Duration;
import java.util.Arrays;

/** Records every group of writes and the time of its sync. One thread writes; another reads while that one is idle. */
final class Syncs implements StoreListener {

    private long[] nanos = new long[1 << 16];
    private int groups;
    private long requests;

    /** The groups since the last reset. */
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
