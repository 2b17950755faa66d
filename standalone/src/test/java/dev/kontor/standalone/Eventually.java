package dev.kontor.standalone;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Looks until something is as it should be, or its time is up. */
public final class Eventually {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

    private Eventually() {}

    /**
     * What was seen when it was as it should be.
     *
     * @throws AssertionError with what was seen last, where that never happened
     */
    public static <T> T eventually(Duration within, String what, Supplier<T> look, Predicate<? super T> isSo) {
        long end = System.nanoTime() + within.toNanos();
        T seen = look.get();
        while (!isSo.test(seen)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Not within %s: %s. Seen last: %s".formatted(within, what, seen));
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            seen = look.get();
        }
        return seen;
    }

    public static void eventually(Duration within, String what, Supplier<Boolean> look) {
        eventually(within, what, look, seen -> seen);
    }
}
