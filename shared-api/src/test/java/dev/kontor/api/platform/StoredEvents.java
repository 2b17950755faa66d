package dev.kontor.api.platform;

import dev.kontor.api.storage.StoredJson;
import dev.kontor.api.storage.StoredTypes;
import dev.kontor.api.storage.Upcasters;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Stream;
import org.axonframework.eventhandling.EventUtils;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedDomainEventData;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SimpleSerializedObject;
import tools.jackson.databind.JsonNode;

/** Reads an event as from a log, in its revision. */
public final class StoredEvents {

    private static final StoredJson STORED = StoredJson.of(StoredTypes.events());

    private StoredEvents() {}

    static Object read(JsonNode golden, MetaData metaData) {
        return read(
                new SimpleSerializedObject<>(
                        golden.get("payload").toString(),
                        String.class,
                        golden.get("type").asString(),
                        golden.get("revision").asString()),
                metaData);
    }

    public static Object read(SerializedObject<String> event, MetaData metaData) {
        GenericDomainEventEntry<byte[]> stored = new GenericDomainEventEntry<>(
                "Aggregate",
                "a",
                0,
                "e",
                Instant.parse("2026-03-01T12:00:00Z"),
                event.getType().getName(),
                event.getType().getRevision(),
                event.getData().getBytes(StandardCharsets.UTF_8),
                STORED.serialize(metaData, byte[].class).getData());
        return EventUtils.upcastAndDeserializeTrackedEvents(
                        Stream.of(new TrackedDomainEventData<>(new GlobalSequenceTrackingToken(0), stored)),
                        STORED,
                        Upcasters.chain())
                .findFirst()
                .orElseThrow()
                .getPayload();
    }
}
