package dev.kontor.query;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Where reads wait for documents. A projection of this process wakes them when it has written; a document that
 * another process writes is found by looking again, every 2 ms at first and every 50 ms in the end.
 */
@Component
public class Arrivals {

    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);

    private final ConcurrentHashMap<String, Set<Watch>> watched = new ConcurrentHashMap<>();

    private volatile boolean closing;

    Arrivals() {}

    /** This process ends: whoever waits is answered what there is, instead of being cut off later. */
    @EventListener(ContextClosedEvent.class)
    void endWaits() {
        closing = true;
        watched.values().forEach(watches -> watches.forEach(Watch::wake));
    }

    /**
     * Reads until what is read will do, or the time is over; answers what was read last.
     *
     * @param read tells the watch which documents it looks at, before it looks
     */
    public <T> T read(Duration atMost, Function<Watch, T> read, Predicate<T> willDo) {
        try (Watch watch = new Watch(atMost)) {
            T last = read.apply(watch);
            while (!willDo.test(last) && watch.pause()) {
                last = read.apply(watch);
            }
            return last;
        }
    }

    void arrived(String collection, Collection<String> ids) {
        if (watched.isEmpty()) {
            return;
        }
        for (String id : ids) {
            Set<Watch> watches = watched.get(key(collection, id));
            if (watches != null) {
                watches.forEach(Watch::wake);
            }
        }
    }

    private static String key(String collection, String id) {
        return collection + "/" + id;
    }

    /** One waiting read. */
    public final class Watch implements AutoCloseable {

        private final Thread reader = Thread.currentThread();
        private final long start = System.nanoTime();
        private final long atMost;
        private final Set<String> keys = new HashSet<>();
        private long pause = FIRST_PAUSE;
        private volatile boolean woken;

        private Watch(Duration atMost) {
            this.atMost = atMost.toNanos();
        }

        /** Wakes this read when the document is written. */
        public void on(View view, String id) {
            on(view.viewName(), id);
        }

        public void on(String collection, String id) {
            if (atMost > 0 && keys.add(key(collection, id))) {
                watched.compute(key(collection, id), (key, watches) -> {
                    Set<Watch> all = watches == null ? ConcurrentHashMap.newKeySet() : watches;
                    all.add(this);
                    return all;
                });
            }
        }

        private void wake() {
            woken = true;
            LockSupport.unpark(reader);
        }

        /** False where the time is over, or the reader is asked to stop. */
        private boolean pause() {
            long left = atMost - (System.nanoTime() - start);
            if (left <= 0 || closing || Thread.currentThread().isInterrupted()) {
                return false;
            }
            if (!woken) {
                LockSupport.parkNanos(Math.min(pause, left));
                pause = Math.min(2 * pause, LONGEST_PAUSE);
            }
            woken = false;
            return true;
        }

        @Override
        public void close() {
            for (String key : keys) {
                watched.computeIfPresent(key, (name, watches) -> {
                    watches.remove(this);
                    return watches.isEmpty() ? null : watches;
                });
            }
        }
    }
}
