package dev.kontor.store;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.axonframework.eventhandling.EventMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest events in memory, and the listeners for new ones. Readers that keep up read no disk and share messages.
 *
 * <p>Only the committer writes, after the events are durable; any thread may read.
 */
final class RecentEvents {

    private static final Logger log = LoggerFactory.getLogger(RecentEvents.class);

    static final int REMEMBERED = 1 << 13;

    record Entry(long position, EventMessage<?> event) {}

    private final AtomicReferenceArray<Entry> ring = new AtomicReferenceArray<>(REMEMBERED);
    private final Set<Consumer<Set<Class<?>>>> listeners = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition appended = lock.newCondition();
    private volatile long head;

    RecentEvents(long head) {
        this.head = head;
    }

    /** The last position that is durable, -1 for none. */
    long head() {
        return head;
    }

    /** The event at this position, or null if it is no longer in memory. */
    EventMessage<?> at(long position) {
        Entry entry = ring.get((int) (position & (REMEMBERED - 1)));
        return entry != null && entry.position() == position ? entry.event() : null;
    }

    /** Makes these durable events visible; waiting threads continue only at {@link #wakeAll}. */
    void remember(List<Entry> entries) {
        entries.forEach(entry -> ring.set((int) (entry.position() & (REMEMBERED - 1)), entry));
        if (!entries.isEmpty()) {
            head = entries.getLast().position();
        }
    }

    /** @return whether there is an event at this position or a later one */
    boolean await(long position, long time, TimeUnit unit) throws InterruptedException {
        if (head >= position) {
            return true;
        }
        long nanos = unit.toNanos(time);
        lock.lockInterruptibly();
        try {
            while (head < position && nanos > 0) {
                nanos = appended.awaitNanos(nanos);
            }
            return head >= position;
        } finally {
            lock.unlock();
        }
    }

    /** The listener receives the types of appended payloads. It runs on the committer's thread and must be quick. */
    void addListener(Consumer<Set<Class<?>>> listener) {
        listeners.add(listener);
    }

    void removeListener(Consumer<Set<Class<?>>> listener) {
        listeners.remove(listener);
    }

    /** @param entries what was appended last */
    void wakeAll(List<Entry> entries) {
        lock.lock();
        try {
            appended.signalAll();
        } finally {
            lock.unlock();
        }
        Set<Class<?>> types = new HashSet<>();
        entries.forEach(entry -> types.add(entry.event().getPayloadType()));
        for (Consumer<Set<Class<?>>> listener : listeners) {
            try {
                listener.accept(types);
            } catch (RuntimeException e) {
                // A processor that is shutting down may refuse; writers and other readers must not be affected.
                log.warn("a reader could not be notified of new events", e);
            }
        }
    }
}
