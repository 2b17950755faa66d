package dev.kontor.query.catalog;

import dev.kontor.query.SearchDeadline;
import dev.kontor.query.platform.ViewStore;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.stereotype.Component;

/**
 * Where several query sides each have an index, a search may come to another one than the read that waited for a write.
 * So it first waits until the index here has read the log as of now. In one process a write is answered only when the
 * index shows it.
 */
@Component
class SearchFreshness {

    private static final long UNTIL_THE_LOG_ANSWERS_MILLIS = 200;
    private static final long UNTIL_IT_IS_ASKED_AGAIN_SECONDS = 1;
    private static final long BETWEEN_LOOKS_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    /** An index that is further behind is being built, and shows what it has read so far. */
    private static final long MOST_BEHIND = 10_000;

    private final boolean isShared;
    private final EventStore log;
    private final ProductIndex index;
    private volatile long silentUntil = System.nanoTime();

    SearchFreshness(ViewStore store, EventStore log, ProductIndex index) {
        this.isShared = store.isShared();
        this.log = log;
        this.index = index;
    }

    void await(SearchDeadline time) {
        if (!isShared) {
            return;
        }
        long head = head();
        while (isBehind(head) && !time.isShort()) {
            LockSupport.parkNanos(this, BETWEEN_LOOKS_NANOS);
            time.check();
        }
    }

    private boolean isBehind(long head) {
        EventTrackerStatus status = index.status();
        long missing = status == null ? 0 : head - position(status.getTrackingToken());
        return missing > 0 && missing <= MOST_BEHIND;
    }

    /** The position of the last event; -1 if the log does not answer: a search works without it. */
    private long head() {
        if (silentUntil - System.nanoTime() > 0) {
            return -1;
        }
        FutureTask<Long> look = new FutureTask<>(() -> position(log.createHeadToken()));
        Thread.ofVirtual().name("search-head").start(look);
        try {
            return look.get(UNTIL_THE_LOG_ANSWERS_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            silentUntil = System.nanoTime() + TimeUnit.SECONDS.toNanos(UNTIL_IT_IS_ASKED_AGAIN_SECONDS);
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        } finally {
            look.cancel(true);
        }
    }

    private static long position(TrackingToken token) {
        return token == null ? -1 : token.position().orElse(-1);
    }
}
