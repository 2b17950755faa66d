package dev.kontor.bench.http;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;

/**
 * Says from when the time of each call counts. In a closed loop that is when the call is made. In an open loop calls
 * are due at a fixed rate, whether the server keeps up or not, and the time counts from when a call was due: a call
 * that is made late has waited, as a customer would have.
 */
final class Schedule {

    /** No further call. */
    static final long END = Long.MIN_VALUE;

    private final int rate;
    private final long begin;
    private final long end;
    private final LongSupplier clock;
    private final AtomicLong taken = new AtomicLong();

    /**
     * @param rate calls a second; 0 for a closed loop
     * @param nanos from now to the end
     * @param clock as System.nanoTime
     */
    Schedule(int rate, long nanos, LongSupplier clock) {
        this.rate = rate;
        this.clock = clock;
        this.begin = clock.getAsLong();
        this.end = begin + nanos;
    }

    /** The time from which the next call counts, which may be in the future; {@link #END} after the last one. */
    long next() {
        long now = clock.getAsLong();
        if (now - end >= 0) {
            return END;
        }
        if (rate == 0) {
            return now;
        }
        long due = due(taken.getAndIncrement());
        return due - end >= 0 ? END : due;
    }

    /** For each call that was due before the end and not made: the nanoseconds from then to the end. */
    LongStream missed() {
        return rate == 0
                ? LongStream.empty()
                : LongStream.iterate(taken.get(), number -> due(number) - end < 0, number -> number + 1)
                        .map(number -> end - due(number));
    }

    private long due(long number) {
        return begin + Math.round(number * (1e9 / rate));
    }

    /** Waits until that time. */
    void await(long due) {
        for (long left = due - clock.getAsLong(); left > 0; left = due - clock.getAsLong()) {
            LockSupport.parkNanos(left);
        }
    }
}
