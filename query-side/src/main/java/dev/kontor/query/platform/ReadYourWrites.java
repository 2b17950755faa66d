package dev.kontor.query.platform;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
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
 * Lets reads wait for documents. A projection of this process wakes the reads that wait for the written version or an
 * earlier one. Only if other processes also write documents does a read poll, every 2 ms at first and every 50 ms in
 * the end.
 */
@Component
public class ReadYourWrites {

    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final ConcurrentHashMap<Place, Set<Watch>> watched = new ConcurrentHashMap<>();
    private final boolean isShared;

    private volatile boolean closing;

    private record Place(String type, String id) {}

    public ReadYourWrites(ViewStore store) {
        this.isShared = store.isShared();
    }

    /** This process is stopping: waiting reads return what there is, instead of being cut off later. */
    @EventListener(ContextClosedEvent.class)
    public void endWaits() {
        closing = true;
        wakeAll();
    }

    /** Every waiting read looks again. */
    void wakeAll() {
        watched.values().forEach(watches -> watches.forEach(Watch::wake));
    }

    /**
     * Reads until the result is accepted or the time is over; returns the last result.
     *
     * @param read first names to the watch the document versions that it waits for, then reads them
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

    void arrived(Collection<? extends Update<?>> updates) {
        if (watched.isEmpty()) {
            return;
        }
        updates.forEach(update -> arrived(update.type(), update.id(), update.version()));
    }

    /** Wakes the reads that wait for this version or an earlier one. */
    public void arrived(DocumentType<?> type, String id, long version) {
        if (watched.isEmpty()) {
            return;
        }
        Place place = new Place(type.name(), id);
        watched.getOrDefault(place, Set.of()).forEach(watch -> watch.arrived(place, version));
    }

    /** One waiting read. */
    public final class Watch implements AutoCloseable {

        private final Thread reader = Thread.currentThread();
        private final long start = System.nanoTime();
        private final long atMost;
        private final Map<Place, Long> versions = new ConcurrentHashMap<>();
        private long pause = FIRST_PAUSE;
        private volatile boolean woken;

        private Watch(Duration atMost) {
            this.atMost = atMost.toNanos();
        }

        /** Wakes this read when the document is written in this version or a later one; the last call counts. */
        public void on(DocumentType<?> type, String id, long atLeastVersion) {
            Place place = new Place(type.name(), id);
            if (atMost > 0 && versions.put(place, atLeastVersion) == null) {
                watched.compute(place, (key, watches) -> {
                    Set<Watch> all = watches == null ? ConcurrentHashMap.newKeySet() : watches;
                    all.add(this);
                    return all;
                });
            }
        }

        private void arrived(Place place, long version) {
            if (version >= versions.getOrDefault(place, Long.MAX_VALUE)) {
                wake();
            }
        }

        private void wake() {
            woken = true;
            LockSupport.unpark(reader);
        }

        /** False if the time is over, or the reader is to stop. */
        private boolean pause() {
            do {
                long left = atMost - (System.nanoTime() - start);
                if (left <= 0 || closing || Thread.currentThread().isInterrupted()) {
                    return false;
                }
                if (!woken) {
                    LockSupport.parkNanos(this, isShared ? Math.min(pause, left) : left);
                }
                // A park may end spuriously: if no other process writes, that is no reason to read again.
            } while (!isShared && !woken);
            pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
            woken = false;
            return true;
        }

        @Override
        public void close() {
            for (Place place : versions.keySet()) {
                watched.computeIfPresent(place, (name, watches) -> {
                    watches.remove(this);
                    return watches.isEmpty() ? null : watches;
                });
            }
        }
    }
}
