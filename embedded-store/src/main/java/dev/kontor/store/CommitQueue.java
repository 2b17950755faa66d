package dev.kontor.store;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * The writes that wait for the committer, bounded in number and in bytes, so that a slow disk cannot fill the memory.
 */
final class CommitQueue {

    private final BlockingQueue<UnitOfWorkWrites> queue;
    private final int bytesAtMost;
    private final Semaphore freeBytes;
    private final long patienceMillis;
    private final LongAdder refused = new LongAdder();

    /** @param patienceMillis how long a write waits for space in the queue before it is refused */
    CommitQueue(int requestsAtMost, int bytesAtMost, long patienceMillis) {
        this.queue = new ArrayBlockingQueue<>(requestsAtMost);
        this.bytesAtMost = bytesAtMost;
        this.freeBytes = new Semaphore(bytesAtMost, true);
        this.patienceMillis = patienceMillis;
    }

    /** @throws StoreOverloadedException if the queue has no space for it */
    void enter(UnitOfWorkWrites writes) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMillis);
        if (!freeBytes.tryAcquire(share(writes), patienceMillis, TimeUnit.MILLISECONDS)) {
            throw overloaded();
        }
        boolean in = false;
        try {
            in = queue.offer(writes, deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } finally {
            if (!in) {
                freeBytes.release(share(writes));
            }
        }
        if (!in) {
            throw overloaded();
        }
    }

    private StoreOverloadedException overloaded() {
        refused.increment();
        return new StoreOverloadedException(requests(), bytes());
    }

    /** A write larger than the whole bound takes all of it. */
    private int share(UnitOfWorkWrites writes) {
        return (int) Math.min(bytesAtMost, writes.bytes());
    }

    /** @return whether the write was still waiting and has now been removed */
    boolean leave(UnitOfWorkWrites writes) {
        boolean waited = queue.remove(writes);
        if (waited) {
            freeBytes.release(share(writes));
        }
        return waited;
    }

    /** Takes waiting writes in their order of arrival; waits some time for the first, and gathers further ones. */
    void take(List<UnitOfWorkWrites> group, int atMost, long millis, Gathering gathering) throws InterruptedException {
        UnitOfWorkWrites first = queue.poll(millis, TimeUnit.MILLISECONDS);
        if (first == null) {
            return;
        }
        group.add(first);
        queue.drainTo(group, atMost - 1);
        long pause = gathering.pauseNanos();
        long lastPause = System.nanoTime() + Gathering.LONGEST.toNanos() - pause;
        boolean more = pause > 0;
        while (more && group.size() < atMost && System.nanoTime() < lastPause) {
            // An interrupt must not leave a group that was taken: it only ends the wait.
            LockSupport.parkNanos(this, pause);
            more = queue.drainTo(group, atMost - group.size()) > 0;
        }
        gathering.gathered(group.size(), System.nanoTime());
    }

    /** These writes have finished: their space is free for others. */
    void done(List<UnitOfWorkWrites> group) {
        int bytes = 0;
        for (UnitOfWorkWrites writes : group) {
            bytes += share(writes);
        }
        freeBytes.release(bytes);
    }

    /** Fails all waiting writes. */
    void endAll(RuntimeException why) {
        for (UnitOfWorkWrites late = queue.poll(); late != null; late = queue.poll()) {
            late.durable().completeExceptionally(why);
        }
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    int requests() {
        return queue.size();
    }

    /** The bytes of the writes that wait and of those that are being written. */
    long bytes() {
        return (long) bytesAtMost - freeBytes.availablePermits();
    }

    long refused() {
        return refused.sum();
    }
}
