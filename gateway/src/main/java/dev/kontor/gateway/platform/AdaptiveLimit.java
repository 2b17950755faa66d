package dev.kontor.gateway.platform;

import com.netflix.concurrency.limits.Limit;
import com.netflix.concurrency.limits.limit.AIMDLimit;
import com.netflix.concurrency.limits.limit.WindowedLimit;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusalCodec;
import dev.kontor.grpc.platform.RefusedException;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Limits how many calls of one kind are handled at a time. The limit follows the machine: it grows by one while the
 * calls of the last 100 ms took no longer than wanted on average, and shrinks by a tenth if they did, or if a side
 * refused one as overloaded. It does not grow while less than half of it is used. One network has at most half of it.
 */
public final class AdaptiveLimit {

    private static final Duration WINDOW = Duration.ofMillis(100);
    /** Clients that are refused together must not come back together. */
    private static final int LONGEST_RETRY_SECONDS = 3;

    private final Limit limit;
    private final PerAddressLimit perNetwork;
    private final LongSupplier nanoTime;
    private final long zero;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final LongAdder refusals = new LongAdder();

    /**
     * @param least calls at a time that are always allowed
     * @param first the limit at the beginning
     * @param most the largest limit
     * @param wanted how long a call may take on average
     */
    public AdaptiveLimit(int least, int first, int most, Duration wanted) {
        this(least, first, most, wanted, System::nanoTime);
    }

    AdaptiveLimit(int least, int first, int most, Duration wanted, LongSupplier nanoTime) {
        this.limit = WindowedLimit.newBuilder()
                .minWindowTime(WINDOW.toMillis(), TimeUnit.MILLISECONDS)
                .maxWindowTime(WINDOW.toMillis(), TimeUnit.MILLISECONDS)
                .build(AIMDLimit.newBuilder()
                        .minLimit(least)
                        .initialLimit(Math.clamp(first, least, most))
                        .maxLimit(most)
                        .timeout(wanted.toNanos(), TimeUnit.NANOSECONDS)
                        .build());
        this.perNetwork = new PerAddressLimit(() -> Math.ceilDiv(limit.getLimit(), 2));
        this.nanoTime = nanoTime;
        this.zero = nanoTime.getAsLong();
    }

    /** Whether a call of this network would be refused now. It costs little, and the call itself checks again. */
    public boolean isFull(String network) {
        return inFlight.get() >= limit.getLimit() || perNetwork.isFull(network);
    }

    /** Counts a call that is refused because {@link #isFull}, and returns the refusal. */
    public RefusedException refusal() {
        refusals.increment();
        int seconds = ThreadLocalRandom.current().nextInt(1, LONGEST_RETRY_SECONDS + 1);
        return new RefusedException(
                Problem.OVERLOADED,
                "Too many of these calls at a time: try again in a moment",
                Map.of(Problems.RETRY_AFTER, Integer.toString(seconds)),
                List.of());
    }

    /** Makes a call, or refuses it. */
    public <T> T call(String network, Supplier<T> call) {
        int now = inFlight.incrementAndGet();
        if (now > limit.getLimit()) {
            inFlight.decrementAndGet();
            throw refusal();
        }
        if (!perNetwork.enter(network)) {
            inFlight.decrementAndGet();
            throw refusal();
        }
        long begin = nanoTime.getAsLong();
        boolean isOverloaded = false;
        try {
            return call.get();
        } catch (StatusRuntimeException e) {
            isOverloaded = RefusalCodec.fromStatus(e).problem() == Problem.OVERLOADED;
            throw e;
        } finally {
            // The time since this limit was made is never negative, as the library expects it.
            limit.onSample(begin - zero, nanoTime.getAsLong() - begin, now, isOverloaded);
            perNetwork.leave(network);
            inFlight.decrementAndGet();
        }
    }

    public int limit() {
        return limit.getLimit();
    }

    public int inFlight() {
        return inFlight.get();
    }

    public long refusals() {
        return refusals.sum();
    }
}
