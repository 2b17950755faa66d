package dev.kontor.side.platform;

import dev.kontor.api.storage.StoredTypes;
import dev.kontor.api.storage.UnknownEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.serialization.SerializationException;

/**
 * The log, as an event processor reads it. It stops the processor at an event of a type that this version does not know,
 * if the processor handles events of the same feature: a newer version may handle that event too. The processor steps
 * over events of other features.
 */
final class KnownEvents implements StreamableMessageSource<TrackedEventMessage<?>> {

    private final StreamableMessageSource<TrackedEventMessage<?>> log;
    private final Supplier<EventHandlerInvoker> handlers;
    private volatile Set<String> features;

    /** @param handlers of the processor, which exist when the first event is read */
    KnownEvents(StreamableMessageSource<TrackedEventMessage<?>> log, Supplier<EventHandlerInvoker> handlers) {
        this.log = log;
        this.handlers = handlers;
    }

    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(TrackingToken token) {
        return new Checked(log.openStream(token));
    }

    private <T extends TrackedEventMessage<?>> T checked(T event) {
        UnknownEvents.typeOf(event)
                .filter(type -> features().contains(UnknownEvents.featureOf(type.getName())))
                .ifPresent(type -> {
                    throw UnknownEvents.refusal(type);
                });
        return event;
    }

    private Set<String> features() {
        if (features == null) {
            EventHandlerInvoker invoker = handlers.get();
            features = StoredTypes.events().all().entrySet().stream()
                    .filter(type -> HandledTypes.handles(invoker, type.getValue()))
                    .map(Map.Entry::getKey)
                    .map(UnknownEvents::featureOf)
                    .collect(Collectors.toUnmodifiableSet());
        }
        return features;
    }

    /** @throws SerializationException from each read, while the next event must not be stepped over */
    private final class Checked implements BlockingStream<TrackedEventMessage<?>> {

        private final BlockingStream<TrackedEventMessage<?>> events;

        Checked(BlockingStream<TrackedEventMessage<?>> events) {
            this.events = events;
        }

        @Override
        public Optional<TrackedEventMessage<?>> peek() {
            Optional<TrackedEventMessage<?>> next = events.peek();
            next.ifPresent(KnownEvents.this::checked);
            return next;
        }

        @Override
        public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
            return events.hasNextAvailable(timeout, unit);
        }

        @Override
        public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
            return checked(events.nextAvailable());
        }

        @Override
        public boolean setOnAvailableCallback(Runnable callback) {
            return events.setOnAvailableCallback(callback);
        }

        @Override
        public void skipMessagesWithPayloadTypeOf(TrackedEventMessage<?> message) {
            events.skipMessagesWithPayloadTypeOf(message);
        }

        @Override
        public void close() {
            events.close();
        }
    }

    @Override
    public TrackingToken createTailToken() {
        return log.createTailToken();
    }

    @Override
    public TrackingToken createHeadToken() {
        return log.createHeadToken();
    }

    @Override
    public TrackingToken createTokenAt(Instant time) {
        return log.createTokenAt(time);
    }

    @Override
    public TrackingToken createTokenSince(Duration duration) {
        return log.createTokenSince(duration);
    }
}
