package dev.kontor.gateway.platform;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Limits how many pages of lists the gateway reads from the sides at a time. A page is in memory before its size is known, so
 * the gateway reads no more pages than there is room for if each has the largest size. Further requests wait for a bounded
 * time. The requests of one network get at most half of the turns.
 */
final class PageReadLimit {

    /** What a message of gRPC may have by default; pages are kept under it. */
    private static final int LARGEST_PAGE = 4 << 20;

    private static final int FEWEST = 4;

    private final Semaphore all;
    private final int mostPerNetwork;
    private final Duration patience;
    /** An entry lives as long as a request of that network uses it. */
    private final Cache<String, Semaphore> perNetwork =
            Caffeine.newBuilder().weakValues().build();

    /** @param room in bytes */
    PageReadLimit(long room, Duration patience) {
        int most = Math.clamp(room / LARGEST_PAGE, FEWEST, Integer.MAX_VALUE);
        this.all = new Semaphore(most, true);
        this.mostPerNetwork = most / 2;
        this.patience = patience;
    }

    /** A page that is being read. */
    final class Turn {

        private final Semaphore network;
        private final AtomicBoolean isOver = new AtomicBoolean();

        private Turn(Semaphore network) {
            this.network = network;
        }

        void end() {
            if (isOver.compareAndSet(false, true)) {
                all.release();
                network.release();
            }
        }
    }

    /** Waits for a turn; null where none came in time. What is answered has to be ended. */
    Turn await(String network) {
        long end = System.nanoTime() + patience.toNanos();
        Semaphore own = perNetwork.get(network, missing -> new Semaphore(mostPerNetwork, true));
        try {
            if (!own.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                return null;
            }
            if (all.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                return new Turn(own);
            }
            own.release();
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
