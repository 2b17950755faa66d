package dev.kontor.side.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kontor.api.catalog.ProductEvent.ProductDelisted;
import dev.kontor.api.storage.StoredJson;
import dev.kontor.api.storage.StoredTypes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.MultiEventHandlerInvoker;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.SimpleEventHandlerInvoker;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.UnknownSerializedType;
import org.junit.jupiter.api.Test;

class KnownEventsTest {

    private static final StoredJson JSON = StoredJson.ofEvents(StoredTypes.events());

    private final Log log = new Log();

    /** A handler of products. */
    static final class Products {
        @EventHandler
        void on(ProductDelisted event) {}
    }

    /** Like a saga: it takes every class, and tells what it handles. */
    private record Telling(Class<?> handled) implements EventHandlerInvoker, HandledTypes {

        @Override
        public boolean handles(Class<?> event) {
            return event == handled;
        }

        @Override
        public boolean canHandle(EventMessage<?> event, Segment segment) {
            return false;
        }

        @Override
        public void handle(EventMessage<?> event, Segment segment) {}
    }

    private static final class Log
            implements StreamableMessageSource<TrackedEventMessage<?>>, BlockingStream<TrackedEventMessage<?>> {

        private final Queue<TrackedEventMessage<?>> events = new ArrayDeque<>();
        private final List<Class<?>> skipped = new ArrayList<>();

        void add(String type) {
            UnknownSerializedType payload = (UnknownSerializedType) JSON.<String, Object>deserialize(
                    new SimpleSerializedObject<>("{\"a\":1}", String.class, type, "1"));
            events.add(new GenericTrackedDomainEventMessage<>(
                    new GlobalSequenceTrackingToken(events.size()),
                    new GenericDomainEventMessage<>("Thing", "thing-1", events.size(), payload)));
        }

        @Override
        public BlockingStream<TrackedEventMessage<?>> openStream(TrackingToken token) {
            return this;
        }

        @Override
        public Optional<TrackedEventMessage<?>> peek() {
            return Optional.ofNullable(events.peek());
        }

        @Override
        public boolean hasNextAvailable(int timeout, TimeUnit unit) {
            return !events.isEmpty();
        }

        @Override
        public TrackedEventMessage<?> nextAvailable() {
            return events.remove();
        }

        @Override
        public void skipMessagesWithPayloadTypeOf(TrackedEventMessage<?> message) {
            skipped.add(message.getPayloadType());
        }

        @Override
        public void close() {}
    }

    private static EventHandlerInvoker products() {
        return SimpleEventHandlerInvoker.builder()
                .eventHandlers(List.of(new Products()))
                .build();
    }

    private BlockingStream<TrackedEventMessage<?>> readBy(EventHandlerInvoker handlers) {
        return new KnownEvents(log, () -> handlers).openStream(null);
    }

    private static String isStoppedBy(BlockingStream<TrackedEventMessage<?>> events, String type) {
        for (var read :
                List.<org.assertj.core.api.ThrowableAssert.ThrowingCallable>of(events::peek, events::nextAvailable)) {
            assertThatThrownBy(read)
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("'%s' (revision 1), which this version does not know".formatted(type));
        }
        return type;
    }

    @Test
    void an_unknown_event_of_another_feature_is_read_like_any_other() throws InterruptedException {
        log.add("operations.NeverHeardOf");
        log.add("future.NeverHeardOf");
        BlockingStream<TrackedEventMessage<?>> events = readBy(products());

        assertThat(events.peek()).isPresent();
        assertThat(events.nextAvailable().getPayloadType()).isEqualTo(UnknownSerializedType.class);
        events.skipMessagesWithPayloadTypeOf(events.nextAvailable());
        assertThat(log.skipped).containsExactly(UnknownSerializedType.class);
    }

    @Test
    void an_unknown_event_of_a_feature_that_is_handled_stops_the_processor() {
        log.add("catalog.NeverHeardOf");

        isStoppedBy(readBy(products()), "catalog.NeverHeardOf");
    }

    @Test
    void a_saga_stops_only_for_the_features_that_it_tells() {
        EventHandlerInvoker handlers = new MultiEventHandlerInvoker(new Telling(ProductDelisted.class));
        log.add("order.NeverHeardOf");
        assertThat(readBy(handlers).peek()).isPresent();

        log.events.clear();
        log.add("catalog.NeverHeardOf");
        isStoppedBy(readBy(handlers), "catalog.NeverHeardOf");
    }
}
