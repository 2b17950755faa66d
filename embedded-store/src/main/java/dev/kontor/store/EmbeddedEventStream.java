package dev.kontor.store;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventUtils;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventData;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.UnknownSerializedType;

/**
 * Reads the log from memory while it keeps up, else in chunks from the disk. Holds at most one chunk of events. Of the
 * types that its reader ignores it returns only the last event of each chunk, so that the reader's position advances.
 * For one thread at a time, except {@link #close} and the callback.
 */
final class EmbeddedEventStream implements BlockingStream<TrackedEventMessage<?>> {

    private static final int CHUNK = 500;

    private final EmbeddedEventStorageEngine engine;
    private final RecentEvents tail;
    private final Deque<TrackedEventMessage<?>> ready = new ArrayDeque<>();
    private final Set<Class<?>> ignored = ConcurrentHashMap.newKeySet();
    /** The stored types of the ignored classes. Of earlier revisions all events are read: they are upcast first. */
    private final Set<SerializedType> ignoredTypes = new HashSet<>();

    private long next;
    private Consumer<Set<Class<?>>> listener;

    /** @param next the first position to read */
    EmbeddedEventStream(EmbeddedEventStorageEngine engine, long next) {
        this.engine = engine;
        this.tail = engine.store().tail();
        this.next = next;
    }

    @Override
    public Optional<TrackedEventMessage<?>> peek() {
        fill();
        return Optional.ofNullable(ready.peek());
    }

    @Override
    public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
        long deadline = System.nanoTime() + unit.toNanos(timeout);
        fill();
        // An upcaster may drop appended events: then there is still no event to return.
        while (ready.isEmpty()) {
            long left = deadline - System.nanoTime();
            if (left <= 0 || !tail.await(next, left, TimeUnit.NANOSECONDS)) {
                return false;
            }
            fill();
        }
        return true;
    }

    @Override
    public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
        while (!hasNextAvailable(1, TimeUnit.SECONDS)) {
            // Axon's interface blocks until there is an event; in a closed store there will be none.
            if (engine.store().isClosed()) {
                throw new StoreException("The event store is closed");
            }
        }
        return ready.remove();
    }

    /**
     * The callback runs on the committer's thread, after every append of an event that the reader does not ignore. An
     * event processor reads twice a second without a callback, so its position advances over the others too.
     */
    @Override
    public synchronized boolean setOnAvailableCallback(Runnable callback) {
        forgetCallback();
        listener = types -> {
            if (!ignored.containsAll(types)) {
                callback.run();
            }
        };
        tail.addListener(listener);
        return true;
    }

    @Override
    public void close() {
        forgetCallback();
    }

    private synchronized void forgetCallback() {
        if (listener != null) {
            tail.removeListener(listener);
            listener = null;
        }
    }

    @Override
    public void skipMessagesWithPayloadTypeOf(TrackedEventMessage<?> message) {
        if (message.getPayload() instanceof UnknownSerializedType unknown) {
            ignoredTypes.add(unknown.serializedType());
        } else if (ignored.add(message.getPayloadType())) {
            ignoredTypes.add(engine.getEventSerializer().typeForClass(message.getPayloadType()));
        }
    }

    private void fill() {
        long head = tail.head();
        while (ready.isEmpty() && next <= head) {
            EventMessage<?> remembered = tail.at(next);
            if (remembered == null) {
                List<TrackedEventData<?>> data = engine.readData(next, CHUNK, ignoredTypes);
                ready.addAll(engine.asMessages(data));
                next = data.getLast().trackingToken().position().orElseThrow() + 1;
            } else {
                if (next == head || !ignored.contains(remembered.getPayloadType())) {
                    ready.add(EventUtils.asTrackedEventMessage(remembered, new GlobalSequenceTrackingToken(next)));
                }
                next++;
            }
        }
    }
}
