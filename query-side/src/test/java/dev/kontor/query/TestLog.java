package dev.kontor.query;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.MetaData;

/** A log in memory to which tests write directly, and whose readers are woken at once. */
final class TestLog {

    private final InMemoryEventStorageEngine engine = new InMemoryEventStorageEngine();
    private final Map<String, Long> sequences = new ConcurrentHashMap<>();
    private final List<Runnable> readers = new CopyOnWriteArrayList<>();
    private final EventStore store = tailing(
            EmbeddedEventStore.builder().storageEngine(engine).build());

    EventStore store() {
        return store;
    }

    /** Writes one event as the aggregate's next; answers its sequence number. */
    long append(String aggregateId, Object event, Instant at) {
        long sequence = sequences.merge(aggregateId, 0L, (last, zero) -> last + 1);
        engine.appendEvents(List.of(new GenericDomainEventMessage<>(
                "Test", aggregateId, sequence, event, MetaData.emptyInstance(), aggregateId + "#" + sequence, at)));
        readers.forEach(Runnable::run);
        return sequence;
    }

    private EventStore tailing(EventStore plain) {
        return (EventStore) Proxy.newProxyInstance(
                TestLog.class.getClassLoader(), new Class<?>[] {EventStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("openStream")) {
                        return new Tail((TrackingToken) arguments[0]);
                    }
                    try {
                        return method.invoke(plain, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private final class Tail implements BlockingStream<TrackedEventMessage<?>> {

        private TrackingToken last;
        private Iterator<? extends TrackedEventMessage<?>> events = List.<TrackedEventMessage<?>>of()
                .iterator();
        private TrackedEventMessage<?> next;
        private Runnable callback = () -> {};

        private Tail(TrackingToken start) {
            this.last = start;
        }

        @Override
        public Optional<TrackedEventMessage<?>> peek() {
            if (next == null) {
                if (!events.hasNext()) {
                    events = engine.readEvents(last, false).iterator();
                }
                next = events.hasNext() ? events.next() : null;
            }
            return Optional.ofNullable(next);
        }

        @Override
        public boolean hasNextAvailable(int timeout, TimeUnit unit) {
            return peek().isPresent();
        }

        @Override
        public TrackedEventMessage<?> nextAvailable() {
            TrackedEventMessage<?> event = peek().orElseThrow();
            next = null;
            last = event.trackingToken();
            return event;
        }

        @Override
        public boolean setOnAvailableCallback(Runnable onAvailable) {
            readers.remove(callback);
            callback = onAvailable;
            readers.add(callback);
            return true;
        }

        @Override
        public Stream<TrackedEventMessage<?>> asStream() {
            throw new UnsupportedOperationException("processors read one by one");
        }

        @Override
        public void close() {
            readers.remove(callback);
        }
    }
}
