package dev.kontor.standalone;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Polls until a condition holds or the time is up. */
public final class Eventually {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

    private Eventually() {}

    /**
     * Returns the value that met the condition.
     *
     * @throws AssertionError with the last value, if none did
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
