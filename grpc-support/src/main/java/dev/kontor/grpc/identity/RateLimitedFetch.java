package dev.kontor.grpc.identity;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches a value again when callers need a newer one. One fetch runs at a time, and two begin at least {@link
 * #BETWEEN} apart, however many callers wait. Thread-safe.
 */
final class RateLimitedFetch<T> implements AutoCloseable {

    static final Duration BETWEEN = Duration.ofSeconds(1);
    static final int MOST_WAITING = 256;

    private static final Logger log = LoggerFactory.getLogger(RateLimitedFetch.class);

    /** A source that starts, or is replaced, is unreachable for a moment. */
    private static final int FAILURES_UNTIL_SAID = 5;

    private final String what;
    private final Supplier<T> source;
    private final Ticker ticker;
    private final Later later;
    private final Semaphore places = new Semaphore(MOST_WAITING);
    private final ReentrantLock changing = new ReentrantLock();
    private final Condition ended = changing.newCondition();

    /** Null until the first fetch has succeeded. */
    private volatile Fetched<T> last;

    /** Whether a fetch is due or under way. The rest is guarded by the lock. */
    private volatile boolean due;

    private Long lastBegin;
    /** When the last failed fetch began; null if the last fetch has succeeded. */
    private Long failedSince;
    /** The number of consecutive failures. */
    private int failures;

    /** @param at when the fetch began; a change during the fetch may be missing in the value */
    record Fetched<T>(T value, long at) {}

    /** Runs work after a pause, on another thread. */
    interface Later extends AutoCloseable {

        void run(Runnable work, Duration pause);

        @Override
        void close();
    }

    /**
     * @param what for the log, such as "the keys"
     * @param source fetches within a bounded time, or throws
     */
    RateLimitedFetch(String what, Supplier<T> source, Ticker ticker, Later later) {
        this.what = what;
        this.source = source;
        this.ticker = ticker;
        this.later = later;
    }

    /** The result of the last successful fetch. */
    Optional<Fetched<T>> last() {
        return Optional.ofNullable(last);
    }

    /** Fetches as soon as the pause allows. Before the first success, failed fetches are repeated. */
    void soon() {
        if (due) {
            return;
        }
        changing.lock();
        try {
            if (due) {
                return;
            }
            long pause = lastBegin == null ? 0 : lastBegin + BETWEEN.toNanos() - ticker.read();
            later.run(this::fetch, Duration.ofNanos(Math.max(0, pause)));
            due = true;
        } catch (RejectedExecutionException closed) {
            log.debug("{} are not fetched any more: this process is shutting down", what);
        } finally {
            changing.unlock();
        }
    }

    /**
     * Waits for a value that was fetched since this moment, or for an older value that {@code willDo} accepts.
     *
     * @throws RefusedException with {@link Problem#UNAVAILABLE} if a fetch since this moment has failed, the time is
     *     over, or too many callers wait
     */
    T since(long moment, Predicate<T> willDo, Duration atMost) {
        Fetched<T> current = last;
        if (isEnough(current, moment, willDo)) {
            return current.value();
        }
        if (!places.tryAcquire()) {
            throw unavailable();
        }
        long left = atMost.toNanos();
        changing.lock();
        try {
            while (!isEnough(last, moment, willDo)) {
                if (left <= 0 || failedSince != null && failedSince - moment >= 0) {
                    throw unavailable();
                }
                soon();
                left = ended.awaitNanos(left);
            }
            return last.value();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable();
        } finally {
            changing.unlock();
            places.release();
        }
    }

    private static <T> boolean isEnough(Fetched<T> current, long moment, Predicate<T> willDo) {
        return current != null && (current.at() - moment >= 0 || willDo.test(current.value()));
    }

    private static RefusedException unavailable() {
        return new RefusedException(Problem.UNAVAILABLE, "Tokens cannot be verified at the moment");
    }

    private void fetch() {
        long begin = ticker.read();
        changing.lock();
        try {
            lastBegin = begin;
        } finally {
            changing.unlock();
        }
        T brought = null;
        String failure = "";
        try {
            brought = source.get();
        } catch (RuntimeException e) {
            failure = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        } finally {
            end(begin, brought, failure);
        }
    }

    private void end(long begin, T brought, String failure) {
        changing.lock();
        try {
            due = false;
            if (brought != null) {
                if (failures >= FAILURES_UNTIL_SAID) {
                    log.info("{} are fetched again", what);
                }
                last = new Fetched<>(brought, begin);
                failedSince = null;
                failures = 0;
            } else {
                failedSince = begin;
                failures++;
                if (failures == FAILURES_UNTIL_SAID) {
                    log.warn("{} cannot be fetched: {}", what, failure);
                }
            }
            ended.signalAll();
            if (last == null) {
                soon();
            }
        } finally {
            changing.unlock();
        }
    }

    @Override
    public void close() {
        later.close();
    }
}
