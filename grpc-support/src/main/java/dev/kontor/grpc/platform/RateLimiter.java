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
 * and therefore removed. At most {@value #MOST} buckets are kept. Thread-safe.
 */
public final class RateLimiter {

    /** The attribute of a refusal with the seconds until a retry is possible. */
    public static final String RETRY_AFTER = "retryAfter";

    private static final int MOST = 100_000;

    private final Rate rate;
    private final TimeMeter time;
    private final boolean allAtOnce;
    private final Cache<String, Bucket> buckets;

    private RateLimiter(Rate rate, TimeMeter time, boolean allAtOnce) {
        this.rate = rate;
        this.time = time;
        this.allAtOnce = allAtOnce;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterAccess(rate.per())
                .ticker(time::currentTimeNanos)
                .build();
    }

    /** Refills continuously. */
    public static RateLimiter steady(Rate rate, TimeMeter time) {
        return new RateLimiter(rate, time, false);
    }

    /** Refills all at once, when the period that began with the first attempt is over. */
    public static RateLimiter inTurns(Rate rate, TimeMeter time) {
        return new RateLimiter(rate, time, true);
    }

    /**
     * @throws RefusedException with {@link Problem#TOO_MANY_REQUESTS} and {@link #RETRY_AFTER} if no attempt is left
     */
    public void take(String whose) {
        if (rate.isOff()) {
            return;
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
