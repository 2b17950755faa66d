package dev.kontor.standalone.tools.axonserver;

import dev.kontor.standalone.tools.console.DamagedExport;
import io.axoniq.axonserver.grpc.MetaDataValue;
import io.axoniq.axonserver.grpc.event.Event;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Converts an event's metadata to entries in Axon Server, as the command side would write them, so that a search finds
 * them. Further entries, which only this class reads, restore exactly what has no place in an event of Axon Server.
 *
 * @param stored JSON, as stored in the log
 * @param nanos of the event's time, beyond the millisecond
 * @param log the name of the log; null for none
 */
record ServerMetadata(byte[] stored, int nanos, String log) {

    private static final String NANOS = "kontor-nanos";
    /** The stored JSON, where its entries would not restore it. */
    private static final String STORED = "kontor-metadata";

    private static final String LOG = "kontor-log";
    private static final JsonFactory JSON = new JsonFactory();

    void putInto(Event.Builder event) {
        Map<String, MetaDataValue> entries = entriesOf(stored);
        boolean exact = Arrays.equals(render(entries), stored);
        boolean taken = entries.containsKey(NANOS) || entries.containsKey(STORED) || entries.containsKey(LOG);
        if (!exact || taken) {
            entries.put(STORED, text(new String(stored, StandardCharsets.UTF_8)));
        }
        if (nanos > 0 || taken) {
            entries.put(NANOS, MetaDataValue.newBuilder().setNumberValue(nanos).build());
        }
        if (log != null) {
            entries.put(LOG, text(log));
        }
        event.putAllMetaData(entries);
    }

    private static MetaDataValue text(String text) {
        return MetaDataValue.newBuilder().setTextValue(text).build();
    }

    /** @throws DamagedExport for anything but a JSON object */
    private static Map<String, MetaDataValue> entriesOf(byte[] json) {
        Map<String, MetaDataValue> entries = new LinkedHashMap<>();
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json));
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new DamagedExport("the metadata of an event is no JSON object");
            }
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                MetaDataValue.Builder value = MetaDataValue.newBuilder();
                switch (parser.nextToken()) {
                    case VALUE_STRING -> value.setTextValue(parser.getString());
                    case VALUE_TRUE -> value.setBooleanValue(true);
                    case VALUE_FALSE -> value.setBooleanValue(false);
                    case VALUE_NUMBER_FLOAT -> value.setDoubleValue(parser.getDoubleValue());
                    case VALUE_NUMBER_INT -> {
                        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
                            continue;
                        }
                        value.setNumberValue(parser.getLongValue());
                    }
                    default -> {
                        parser.skipChildren();
                        continue;
                    }
                }
                entries.put(name, value.build());
            }
            return entries;
        } catch (JacksonException | CharacterCodingException e) {
            throw new DamagedExport("the metadata of an event is no JSON (%s)".formatted(e.getMessage()));
        }
    }

    private static byte[] render(Map<String, MetaDataValue> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            entries.forEach((name, value) -> {
                json.writeName(name);
                switch (value.getDataCase()) {
                    case TEXT_VALUE -> json.writeString(value.getTextValue());
                    case NUMBER_VALUE -> json.writeNumber(value.getNumberValue());
                    case BOOLEAN_VALUE -> json.writeBoolean(value.getBooleanValue());
                    case DOUBLE_VALUE -> json.writeNumber(value.getDoubleValue());
                    // The command side writes all such values as JSON.
                    case BYTES_VALUE ->
                        json.writeRawValue(value.getBytesValue().getData().toStringUtf8());
                    case DATA_NOT_SET -> json.writeNull();
                }
            });
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    static ServerMetadata of(Event event) {
        Map<String, MetaDataValue> entries = new LinkedHashMap<>(event.getMetaDataMap());
        MetaDataValue nanos = entries.remove(NANOS);
        MetaDataValue log = entries.remove(LOG);
        MetaDataValue stored = entries.remove(STORED);
        return new ServerMetadata(
                stored == null ? render(entries) : stored.getTextValue().getBytes(StandardCharsets.UTF_8),
                nanos == null ? 0 : (int) nanos.getNumberValue(),
                log == null ? null : log.getTextValue());
    }
}
