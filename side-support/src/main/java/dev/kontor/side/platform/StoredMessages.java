package dev.kontor.side.platform;

import java.time.Instant;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventUtils;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventData;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializedMetaData;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.upcasting.event.EventUpcaster;

/** Events as they are in a {@link StoredLetter}. They are upcast when they are read, like those of the log. */
final class StoredMessages {

    private final Serializer serializer;
    private final EventUpcaster upcasters;

    StoredMessages(Serializer serializer, EventUpcaster upcasters) {
        this.serializer = serializer;
        this.upcasters = upcasters;
    }

    /** The position of the event in the log, -1 if it was not read from there. */
    static long positionOf(EventMessage<?> message) {
        return message instanceof TrackedEventMessage<?> tracked
                ? tracked.trackingToken().position().orElse(-1)
                : -1;
    }

    StoredLetter.Event write(EventMessage<?> message) {
        SerializedObject<byte[]> payload = message.serializePayload(serializer, byte[].class);
        SerializedObject<byte[]> metadata = message.serializeMetaData(serializer, byte[].class);
        DomainEventMessage<?> domain = message instanceof DomainEventMessage<?> of ? of : null;
        return new StoredLetter.Event(
                message.getIdentifier(),
                message.getTimestamp(),
                domain == null ? null : domain.getType(),
                domain == null ? null : domain.getAggregateIdentifier(),
                domain == null ? 0 : domain.getSequenceNumber(),
                payload.getType().getName(),
                payload.getType().getRevision(),
                payload.getData(),
                metadata.getData());
    }

    EventMessage<?> read(StoredLetter letter) {
        StoredLetter.Event event = letter.event();
        TrackingToken token = new GlobalSequenceTrackingToken(letter.key().position());
        TrackedEventData<byte[]> data =
                event.aggregateId() == null ? new OfNoAggregate(event, token) : new OfAggregate(event, token);
        return EventUtils.upcastAndDeserializeTrackedEvents(Stream.of(data), serializer, upcasters)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("An upcaster removes the event at position "
                        + letter.key().position()));
    }

    /** The metadata of a stored event. */
    MetaData metadata(StoredLetter.Event event) {
        return serializer.deserialize(new SerializedMetaData<>(event.metadata(), byte[].class));
    }

    private static SerializedObject<byte[]> payloadOf(StoredLetter.Event event) {
        return new SimpleSerializedObject<>(event.payload(), byte[].class, event.payloadType(), event.revision());
    }

    private interface OfLetter extends TrackedEventData<byte[]> {

        StoredLetter.Event event();

        @Override
        default String getEventIdentifier() {
            return event().id();
        }

        @Override
        default Instant getTimestamp() {
            return event().at();
        }

        @Override
        default SerializedObject<byte[]> getMetaData() {
            return new SerializedMetaData<>(event().metadata(), byte[].class);
        }

        @Override
        default SerializedObject<byte[]> getPayload() {
            return payloadOf(event());
        }
    }

    private record OfNoAggregate(StoredLetter.Event event, TrackingToken trackingToken) implements OfLetter {}

    private record OfAggregate(StoredLetter.Event event, TrackingToken trackingToken)
            implements OfLetter, DomainEventData<byte[]> {

        @Override
        public String getType() {
            return event.aggregateType();
        }

        @Override
        public String getAggregateIdentifier() {
            return event.aggregateId();
        }

        @Override
        public long getSequenceNumber() {
            return event.sequenceNumber();
        }
    }
}
