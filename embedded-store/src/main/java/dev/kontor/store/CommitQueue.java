package dev.kontor.store;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** The writes that wait for the committer: bounded in number and in bytes, so that a slow disk cannot fill the memory. */
final class CommitQueue {

    private final BlockingQueue<UnitOfWorkWrites> queue;
    private final int bytesAtMost;
    private final Semaphore freeBytes;
    private final long patienceMillis;
    private final LongAdder refused = new LongAdder();

    /** @param patienceMillis after how long those that find no room are refused */
    CommitQueue(int requestsAtMost, int bytesAtMost, long patienceMillis) {
        this.queue = new ArrayBlockingQueue<>(requestsAtMost);
        this.bytesAtMost = bytesAtMost;
        this.freeBytes = new Semaphore(bytesAtMost, true);
        this.patienceMillis = patienceMillis;
    }

    /** @throws StoreOverloadedException where there is no room for it */
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

    /** What is larger than all the room there is takes all of it. */
    private int share(UnitOfWorkWrites writes) {
        return (int) Math.min(bytesAtMost, writes.bytes());
    }

    /** @return whether it was still waiting, and does so no more */
    boolean leave(UnitOfWorkWrites writes) {
        boolean waited = queue.remove(writes);
        if (waited) {
            freeBytes.release(share(writes));
        }
        return waited;
    }

    /** Those that wait, in the order in which they came; waits some time for the first. */
    void take(List<UnitOfWorkWrites> group, int atMost, long millis) throws InterruptedException {
        UnitOfWorkWrites first = queue.poll(millis, TimeUnit.MILLISECONDS);
        if (first != null) {
            group.add(first);
            queue.drainTo(group, atMost - 1);
        }
    }

    /** These are taken care of: there is room for others. */
    void done(List<UnitOfWorkWrites> group) {
        int bytes = 0;
        for (UnitOfWorkWrites writes : group) {
            bytes += share(writes);
        }
        freeBytes.release(bytes);
    }

    /** Tells those that still wait that nobody will write them. */
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

    /** Of those that wait and those that are being written. */
    long bytes() {
        return (long) bytesAtMost - freeBytes.availablePermits();
    }

    long refused() {
        return refused.sum();
    }
}
