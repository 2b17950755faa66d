package dev.kontor.standalone.tools.axonserver;

import com.google.protobuf.ByteString;
import dev.kontor.store.LoggedEvent;
import io.axoniq.axonserver.grpc.SerializedObject;
import io.axoniq.axonserver.grpc.event.Event;
import io.axoniq.axonserver.grpc.event.EventWithToken;
import java.time.Instant;

/** Converts events of the log to Axon Server's and back without loss, although its times have milliseconds only. */
public final class ServerEvents {

    private static final int NANOS_OF_MILLI = 1_000_000;

    private ServerEvents() {}

    /** @param log the name of the log: its first event carries it */
    public static Event write(LoggedEvent event, String log) {
        Event.Builder written = Event.newBuilder()
                .setMessageIdentifier(event.eventId())
                .setTimestamp(event.time().toEpochMilli())
                .setPayload(SerializedObject.newBuilder()
                        .setType(event.type())
                        .setRevision(event.revision() == null ? "" : event.revision())
                        .setData(ByteString.copyFrom(event.payload())));
        if (event.aggregateId() != null) {
            written.setAggregateType(event.aggregateType())
                    .setAggregateIdentifier(event.aggregateId())
                    .setAggregateSequenceNumber(event.sequence());
        }
        new ServerMetadata(
                        event.metadata(), event.time().getNano() % NANOS_OF_MILLI, event.position() == 0 ? log : null)
                .putInto(written);
        return written.build();
    }

    static LoggedEvent read(EventWithToken stored) {
        Event event = stored.getEvent();
        ServerMetadata metadata = ServerMetadata.of(event);
        boolean ofAggregate = !event.getAggregateType().isEmpty();
        return new LoggedEvent(
                stored.getToken(),
                event.getMessageIdentifier(),
                Instant.ofEpochMilli(event.getTimestamp()).plusNanos(metadata.nanos()),
                ofAggregate ? event.getAggregateType() : null,
                ofAggregate ? event.getAggregateIdentifier() : null,
                ofAggregate ? event.getAggregateSequenceNumber() : -1,
                event.getPayload().getType(),
                event.getPayload().getRevision().isEmpty()
                        ? null
                        : event.getPayload().getRevision(),
                event.getPayload().getData().toByteArray(),
                metadata.stored());
    }
}
