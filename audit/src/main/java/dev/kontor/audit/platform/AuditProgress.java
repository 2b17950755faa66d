package dev.kontor.audit.platform;

import java.util.function.Consumer;

/** Reports progress, at most once a second. */
final class AuditProgress {

    private static final long BETWEEN_NANOS = 1_000_000_000L;

    private final Consumer<String> listener;
    private final long begin = System.nanoTime();
    private long next = begin + BETWEEN_NANOS;

    AuditProgress(Consumer<String> listener) {
        this.listener = listener;
    }

    void at(String what, long done, long total) {
        // Reads the clock now and then only: it costs as much as an event.
        if ((done & 0x3FF) != 0 || System.nanoTime() < next) {
            return;
        }
        long now = System.nanoTime();
        listener.accept(
                total > 0
                        ? "%s: %,d of %,d (%d %%), %d s".formatted(what, done, total, 100 * done / total, seconds(now))
                        : "%s: %,d, %d s".formatted(what, done, seconds(now)));
        next = now + BETWEEN_NANOS;
    }

    /** Begins a task without measurable progress. A short one is not reported. */
    void begin(String what) {
        if (System.nanoTime() >= begin + BETWEEN_NANOS) {
            listener.accept("%s, %d s".formatted(what, seconds(System.nanoTime())));
        }
    }

    private long seconds(long now) {
        return (now - begin) / BETWEEN_NANOS;
    }
}
