package dev.kontor.grpc.identity;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A short wait for a condition, for instance after a pause of the whole machine: at most {@value #SECONDS} s, and for
 * at most {@value #PLACES} callers at a time. Thread-safe.
 */
public final class ShortWait {

    private static final int SECONDS = 2;
    private static final int PLACES = 256;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

    private final Semaphore places = new Semaphore(PLACES);
    private final Duration longest;

    public ShortWait() {
        this(Duration.ofSeconds(SECONDS));
    }

    ShortWait(Duration longest) {
        this.longest = longest;
    }

    /** Waits for the condition; false if it stays false, or if too many callers wait. */
    public boolean await(BooleanSupplier isThere) {
        if (isThere.getAsBoolean()) {
            return true;
        }
        if (!places.tryAcquire()) {
            return false;
        }
        try {
            long end = System.nanoTime() + longest.toNanos();
            while (System.nanoTime() - end < 0 && !Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
                if (isThere.getAsBoolean()) {
                    return true;
                }
            }
            return false;
        } finally {
            places.release();
        }
    }
}
