package dev.kontor.gateway.platform;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Limits how many pages of lists the gateway reads at a time. A page is in memory before its size is known, so the
 * limit assumes that each has the largest size. Further requests wait for a bounded time. The requests of one network
 * get at most half of the turns.
 */
final class PageReadLimit {

    /** The default limit of a gRPC message; pages are smaller. */
    private static final int LARGEST_PAGE = 4 << 20;

    private static final int FEWEST = 4;

    private final Semaphore all;
    private final int mostPerNetwork;
    private final Duration patience;
    /** An entry lives as long as a request of that network uses it. */
    private final Cache<String, Semaphore> perNetwork =
            Caffeine.newBuilder().weakValues().build();

    PageReadLimit(long bytes, Duration patience) {
        int most = Math.clamp(bytes / LARGEST_PAGE, FEWEST, Integer.MAX_VALUE);
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

    /** Waits for a turn; null if there is none in time. The caller has to end the turn. */
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
