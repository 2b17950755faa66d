package dev.kontor.side.platform;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * A dead letter as it is stored: an event that a processor could not handle, or that follows such an event in its
 * sequence. Personal data in the event is sealed, as in the log.
 *
 * @param cause why it was put aside; null for an event that only follows another letter
 * @param diagnostics texts by name, see {@link LetterPolicy}
 */
public record StoredLetter(
        Key key, Event event, Cause cause, Instant enqueuedAt, Instant lastTouched, Map<String, String> diagnostics) {

    /** Rises with every change of {@link #encode}. */
    private static final int FORMAT = 1;

    public StoredLetter {
        diagnostics = Map.copyOf(diagnostics);
    }

    /**
     * @param queue the name of the processor, or of the saga
     * @param sequence of the event in this queue: the id of its aggregate, or of its order
     * @param position of the event in the log; letters of events without one are numbered in their order
     */
    public record Key(String queue, String sequence, long position) {}

    /** @param type the name of the exception's class */
    public record Cause(String type, String message) {}

    /** @param aggregateType null for an event of no aggregate; then its id is null too and the number is 0 */
    public record Event(
            String id,
            Instant at,
            String aggregateType,
            String aggregateId,
            long sequenceNumber,
            String payloadType,
            String revision,
            byte[] payload,
            byte[] metadata) {}

    public byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            text(out, key.queue());
            text(out, key.sequence());
            out.writeLong(key.position());
            text(out, event.id());
            time(out, event.at());
            text(out, event.aggregateType());
            text(out, event.aggregateId());
            out.writeLong(event.sequenceNumber());
            text(out, event.payloadType());
            text(out, event.revision());
            bytes(out, event.payload());
            bytes(out, event.metadata());
            text(out, cause == null ? null : cause.type());
            text(out, cause == null ? null : cause.message());
            time(out, enqueuedAt);
            time(out, lastTouched);
            out.writeInt(diagnostics.size());
            for (Map.Entry<String, String> diagnostic : new TreeMap<>(diagnostics).entrySet()) {
                text(out, diagnostic.getKey());
                text(out, diagnostic.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** @throws IllegalArgumentException for a row of another format, or for no such row at all */
    public static StoredLetter decode(byte[] row) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(row))) {
            int format = in.readByte();
            if (format != FORMAT) {
                throw new IllegalArgumentException(
                        "A dead letter has format %d, and this version reads %d".formatted(format, FORMAT));
            }
            Key key = new Key(text(in), text(in), in.readLong());
            Event event = new Event(
                    text(in), time(in), text(in), text(in), in.readLong(), text(in), text(in), bytes(in), bytes(in));
            String type = text(in);
            String message = text(in);
            Instant enqueuedAt = time(in);
            Instant lastTouched = time(in);
            Map<String, String> diagnostics = new TreeMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                diagnostics.put(text(in), text(in));
            }
            return new StoredLetter(
                    key, event, type == null ? null : new Cause(type, message), enqueuedAt, lastTouched, diagnostics);
        } catch (IOException e) {
            throw new IllegalArgumentException("A dead letter cannot be read", e);
        }
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        bytes(out, text == null ? null : text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(DataInputStream in) throws IOException {
        byte[] bytes = bytes(in);
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    /** The length first, -1 for null. */
    private static void bytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes == null ? -1 : bytes.length);
        if (bytes != null) {
            out.write(bytes);
        }
    }

    private static byte[] bytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0) {
            return null;
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new IOException("The row ends too early");
        }
        return bytes;
    }

    private static void time(DataOutputStream out, Instant time) throws IOException {
        out.writeLong(time.getEpochSecond());
        out.writeInt(time.getNano());
    }

    private static Instant time(DataInputStream in) throws IOException {
        return Instant.ofEpochSecond(in.readLong(), in.readInt());
    }
}
