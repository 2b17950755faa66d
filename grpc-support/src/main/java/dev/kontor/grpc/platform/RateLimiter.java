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
 * One limit: a bucket of tries for everybody it is counted for. A bucket that was not touched for the time in which it
 * fills is full, so it is forgotten. At most {@value #MOST} are kept. Safe for use by many threads.
 */
public final class RateLimiter {

    /** How a side or gateway tells in how many seconds one may ask again. */
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

    /** What was taken comes back bit by bit. */
    public static RateLimiter steady(Rate rate, TimeMeter time) {
        return new RateLimiter(rate, time, false);
    }

    /** What was taken comes back all at once, when the time is over that began with the first try. */
    public static RateLimiter inTurns(Rate rate, TimeMeter time) {
        return new RateLimiter(rate, time, true);
    }

    /** @throws RefusedException with {@link Problem#TOO_MANY_REQUESTS} where there is no try left, and in how many seconds there is */
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

    /** A try that was taken counts no more. */
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
