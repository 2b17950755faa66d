package dev.kontor.gateway.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.kontor.gateway.operations.Problems;
import dev.kontor.wire.operations.Problem;
import dev.kontor.wire.operations.Refused;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One limit: a bucket of tries for everybody it is counted for. A bucket that was not touched for the time in which it
 * fills is full, so it is forgotten. At most {@value #MOST} are kept. Whoever would have their own dropped before its time
 * must bring as many others, which the limit per address makes a matter of a thousand addresses. Safe for use by many threads.
 */
final class Buckets {

    private static final int MOST = 100_000;

    private final Rate rate;
    private final TimeMeter time;
    private final Cache<String, Bucket> buckets;

    Buckets(Rate rate, TimeMeter time) {
        this.rate = rate;
        this.time = time;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterAccess(rate.per())
                .ticker(time::currentTimeNanos)
                .build();
    }

    /** @throws Refused with {@link Problem#TOO_MANY_REQUESTS} where there is no try left, and in how many seconds there is */
    void take(String whose) {
        if (rate.isOff()) {
            return;
        }
        ConsumptionProbe taken = buckets.get(whose, absent -> full()).tryConsumeAndReturnRemaining(1);
        if (!taken.isConsumed()) {
            long seconds = Math.ceilDiv(taken.getNanosToWaitForRefill(), TimeUnit.SECONDS.toNanos(1));
            throw new Refused(
                    Problem.TOO_MANY_REQUESTS,
                    Problem.TOO_MANY_REQUESTS.title(),
                    Map.of(Problems.RETRY_AFTER, Long.toString(seconds)),
                    List.of());
        }
    }

    private Bucket full() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(rate.count()).refillGreedy(rate.count(), rate.per()))
                .withCustomTimePrecision(time)
                .build();
    }
}
