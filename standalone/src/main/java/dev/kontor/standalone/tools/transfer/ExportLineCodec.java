package dev.kontor.standalone.tools.transfer;

import dev.kontor.standalone.tools.console.DamagedExport;
import dev.kontor.standalone.tools.transfer.ExportLine.End;
import dev.kontor.standalone.tools.transfer.ExportLine.Event;
import dev.kontor.standalone.tools.transfer.ExportLine.Header;
import dev.kontor.standalone.tools.transfer.ExportLine.Mark;
import dev.kontor.standalone.tools.transfer.ExportLine.Row;
import dev.kontor.store.LoggedEvent;
import dev.kontor.store.LoggedRow;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Encodes lines as JSON. Payload and metadata are in the line as their stored bytes, so that any JSON parser reads them
 * and they are restored exactly; content that is not one line of JSON is in Base64 under another name.
 */
final class ExportLineCodec {

    static final String FORMAT = "kontor-log";
    static final int VERSION = 1;
    /** The name of the field {@code log} in files of earlier versions. */
    private static final String OLD_LOG = "book";

    private static final String BASE64 = "Base64";
    private static final int DEEPEST = 499;

    private static final JsonFactory CHECKING = factory(DEEPEST);
    /** A line is one level deeper than its content. */
    private static final JsonFactory JSON = factory(DEEPEST + 1);

    private ExportLineCodec() {}

    private static JsonFactory factory(int depth) {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(depth)
                        .maxStringLength(Integer.MAX_VALUE)
                        .build())
                .build();
    }

    /** Without the line's end. */
    static byte[] write(ExportLine line) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            switch (line) {
                case Header header -> {
                    json.writeStringProperty("format", FORMAT);
                    json.writeNumberProperty("version", VERSION);
                    json.writeStringProperty("log", header.log());
                    json.writeStringProperty("kontor", header.kontor());
                    json.writeStringProperty("time", header.time().toString());
                }
                case Event event -> write(event.event(), json);
                case Mark mark -> {
                    json.writeNumberProperty("events", mark.events());
                    json.writeStringProperty("chain", HexFormat.of().toHexDigits(mark.chain()));
                }
                case Row row -> {
                    json.writeStringProperty("column", row.row().column());
                    json.writeStringProperty("key", row.row().key());
                    json.writeBinaryProperty("value", row.row().value());
                }
                case End end -> {
                    json.writeStringProperty("end", FORMAT);
                    json.writeNumberProperty("events", end.events());
                    json.writeNumberProperty("rows", end.rows());
                    json.writeStringProperty("chain", HexFormat.of().toHexDigits(end.chain()));
                }
            }
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static void write(LoggedEvent event, JsonGenerator json) {
        json.writeNumberProperty("position", event.position());
        json.writeStringProperty("id", event.eventId());
        json.writeStringProperty("time", event.time().toString());
        if (event.aggregateId() != null) {
            json.writeStringProperty("aggregateType", event.aggregateType());
            json.writeStringProperty("aggregateId", event.aggregateId());
            json.writeNumberProperty("sequence", event.sequence());
        }
        json.writeStringProperty("type", event.type());
        if (event.revision() != null) {
            json.writeStringProperty("revision", event.revision());
        }
        writeStored("metadata", event.metadata(), json);
        writeStored("payload", event.payload(), json);
    }

    private static void writeStored(String name, byte[] stored, JsonGenerator json) {
        String text = asOneLineOfJson(stored);
        if (text == null) {
            json.writeBinaryProperty(name + BASE64, stored);
        } else {
            json.writeName(name);
            json.writeRawValue(text);
        }
    }

    /** Null where it is not an object or list, or would not be restored as the same bytes. */
    private static String asOneLineOfJson(byte[] stored) {
        if (stored.length < 2 || stored[0] != '{' && stored[0] != '[') {
            return null;
        }
        for (byte one : stored) {
            if (one == '\n' || one == '\r') {
                return null;
            }
        }
        try (JsonParser json = CHECKING.createParser(ObjectReadContext.empty(), stored)) {
            json.nextToken();
            json.skipChildren();
            if (json.currentLocation().getByteOffset() != stored.length) {
                return null;
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(stored))
                    .toString();
        } catch (JacksonException | CharacterCodingException e) {
            return null;
        }
    }

    /** @throws DamagedExport where it is no line of this format */
    static ExportLine read(byte[] line) {
        Fields fields = new Fields();
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new DamagedExport("a line is no JSON object");
            }
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                fields.take(json, line);
            }
            if (json.currentToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
                throw new DamagedExport("a line does not end with its object");
            }
        } catch (JacksonException e) {
            throw new DamagedExport("a line is no JSON: " + e.getOriginalMessage());
        }
        try {
            return fields.line();
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new DamagedExport("a line has an invalid value: " + e.getMessage());
        }
    }

    /** The fields of any kind of line. */
    private static final class Fields {

        private String format;
        private String log;
        private String kontor;
        private String time;
        private String end;
        private String chain;
        private String column;
        private String key;
        private byte[] value;
        private String id;
        private String aggregateType;
        private String aggregateId;
        private String type;
        private String revision;
        private byte[] payload;
        private byte[] metadata;
        private long version = -1;
        private long position = -1;
        private long sequence = -1;
        private long events = -1;
        private long rows = -1;

        void take(JsonParser json, byte[] line) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "format" -> format = json.getString();
                case "version" -> version = json.getLongValue();
                case "log", OLD_LOG -> log = json.getString();
                case "kontor" -> kontor = json.getString();
                case "time" -> time = json.getString();
                case "end" -> end = json.getString();
                case "events" -> events = json.getLongValue();
                case "rows" -> rows = json.getLongValue();
                case "chain" -> chain = json.getString();
                case "column" -> column = json.getString();
                case "key" -> key = json.getString();
                case "value" -> value = json.getBinaryValue();
                case "position" -> position = json.getLongValue();
                case "id" -> id = json.getString();
                case "aggregateType" -> aggregateType = json.getString();
                case "aggregateId" -> aggregateId = json.getString();
                case "sequence" -> sequence = json.getLongValue();
                case "type" -> type = json.getString();
                case "revision" -> revision = json.getString();
                case "payload" -> payload = raw(json, line);
                case "metadata" -> metadata = raw(json, line);
                case "payload" + BASE64 -> payload = json.getBinaryValue();
                case "metadata" + BASE64 -> metadata = json.getBinaryValue();
                default ->
                    throw new DamagedExport("a line has a field '%s' that this version does not know".formatted(name));
            }
        }

        /** The bytes of a value exactly as in the line. */
        private static byte[] raw(JsonParser json, byte[] line) {
            int from = (int) json.currentTokenLocation().getByteOffset();
            json.skipChildren();
            return Arrays.copyOfRange(line, from, (int) json.currentLocation().getByteOffset());
        }

        ExportLine line() {
            if (id != null) {
                return new Event(new LoggedEvent(
                        position,
                        id,
                        Instant.parse(present(time)),
                        aggregateType,
                        aggregateId,
                        sequence,
                        present(type),
                        revision,
                        present(payload),
                        present(metadata)));
            }
            if (column != null) {
                return new Row(new LoggedRow(column, present(key), present(value)));
            }
            if (end != null) {
                return new End(events, rows, HexFormat.fromHexDigits(present(chain)));
            }
            if (format != null) {
                return header();
            }
            return new Mark(events, HexFormat.fromHexDigits(present(chain)));
        }

        private Header header() {
            if (!format.equals(FORMAT)) {
                throw new DamagedExport("it is of another kind: " + format);
            }
            if (version != VERSION) {
                throw new DamagedExport(
                        "it has version %d of the format; this Kontor reads version %d".formatted(version, VERSION));
            }
            return new Header(present(log), present(kontor), Instant.parse(present(time)));
        }

        private static <T> T present(T field) {
            if (field == null) {
                throw new DamagedExport("a line lacks a field");
            }
            return field;
        }
    }
}
