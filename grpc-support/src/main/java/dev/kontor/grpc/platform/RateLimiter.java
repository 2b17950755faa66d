package dev.kontor.grpc.platform;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A rate limit with a token bucket for each key. A bucket that was not used for the time in which it refills is full
 * and therefore removed. At most {@value #MOST} buckets are kept, or as many as the limit says. Thread-safe.
 */
public final class RateLimiter {

    /** The attribute of a refusal with the seconds until a retry is possible. */
    public static final String RETRY_AFTER = "retryAfter";

    private static final int MOST = 100_000;

    private final Rate rate;
    private final TimeMeter time;
    private final boolean allAtOnce;
    private final Cache<String, Bucket> buckets;

    /**
     * @param left attempts that are left now
     * @param secondsToFull until all attempts are there again, rounded up
     */
    public record Taken(long left, long secondsToFull) {}

    private RateLimiter(Rate rate, TimeMeter time, boolean allAtOnce, int most) {
        this.rate = rate;
        this.time = time;
        this.allAtOnce = allAtOnce;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(most)
                .expireAfterAccess(rate.per())
                .ticker(time::currentTimeNanos)
                .build();
    }

    /** Refills continuously. */
    public static RateLimiter steady(Rate rate, TimeMeter time) {
        return new RateLimiter(rate, time, false, MOST);
    }

    /** Refills continuously. @param most the number of buckets that are kept */
    public static RateLimiter steady(Rate rate, TimeMeter time, int most) {
        return new RateLimiter(rate, time, false, most);
    }

    /** Refills all at once, when the period that began with the first attempt is over. */
    public static RateLimiter inTurns(Rate rate, TimeMeter time) {
        return new RateLimiter(rate, time, true, MOST);
    }

    public Rate rate() {
        return rate;
    }

    /**
     * @throws RefusedException with {@link Problem#TOO_MANY_REQUESTS} and {@link #RETRY_AFTER} if no attempt is left
     */
    public Taken take(String whose) {
        if (rate.isOff()) {
            return new Taken(Long.MAX_VALUE, 0);
        }
        ConsumptionProbe taken = buckets.get(whose, absent -> full()).tryConsumeAndReturnRemaining(1);
        if (!taken.isConsumed()) {
            long seconds = Math.ceilDiv(taken.getNanosToWaitForRefill(), TimeUnit.SECONDS.toNanos(1));
            throw new RefusedException(
                    Problem.TOO_MANY_REQUESTS,
                    Problem.TOO_MANY_REQUESTS.title(),
                    Map.of(RETRY_AFTER, Long.toString(seconds)),
                    List.of());
        }
        long left = taken.getRemainingTokens();
        // In milliseconds: a day times the highest count would not fit in nanoseconds.
        double missing = (double) (rate.count() - left) / rate.count();
        return new Taken(left, (long) Math.ceil(missing * rate.per().toMillis() / 1_000));
    }

    /** Returns an attempt that was taken. */
    public void giveBack(String whose) {
        Bucket bucket = buckets.getIfPresent(whose);
        if (bucket != null) {
            bucket.addTokens(1);
        }
    }

    private Bucket full() {
        return Bucket.builder()
                .addLimit(limit -> allAtOnce
                        ? limit.capacity(rate.count()).refillIntervally(rate.count(), rate.per())
                        : limit.capacity(rate.count()).refillGreedy(rate.count(), rate.per()))
                .withCustomTimePrecision(time)
                .build();
    }
}
