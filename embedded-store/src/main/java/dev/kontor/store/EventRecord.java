package dev.kontor.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;

/**
 * One event as stored in the log. Its key is its position (8 bytes, big endian, from 0 without a gap); its value is:
 *
 * <pre> format    1 byte    1 flags     1 byte    1: of an aggregate, 2: has a revision time      12 bytes  seconds
 * since 1970 (8), nanoseconds (4) event id  text aggregate text type, text id, 8 bytes sequence number   only with flag
 * 1 type      text revision  text                                          only with flag 2 payload   4 bytes length,
 * bytes metadata  4 bytes length, bytes checksum  4 bytes   CRC32C of all of the above chain     4 bytes   CRC32C of
 * the previous chain, the position and the checksum: a removed or exchanged record breaks it
 * </pre>
 *
 * A text is 2 bytes of length and UTF-8.
 *
 * @param aggregateType null for an event of no aggregate, as are aggregateId and (as -1) sequence
 * @param revision null if there is none
 */
record EventRecord(
        String eventId,
        Instant time,
        String aggregateType,
        String aggregateId,
        long sequence,
        String payloadType,
        String revision,
        byte[] payload,
        byte[] metadata) {

    private static final byte FORMAT = 1;
    private static final int OF_AGGREGATE = 1;
    private static final int HAS_REVISION = 2;
    /** Checksum and chain. */
    private static final int TRAILER = 8;

    static EventRecord of(EventMessage<?> event, Serializer serializer) {
        SerializedObject<byte[]> payload = event.serializePayload(serializer, byte[].class);
        byte[] metadata = event.serializeMetaData(serializer, byte[].class).getData();
        DomainEventMessage<?> domain = event instanceof DomainEventMessage<?> d ? d : null;
        if (domain != null && domain.getAggregateIdentifier().indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "An aggregate's identifier must not have a zero character: it ends it in keys");
        }
        return new EventRecord(
                event.getIdentifier(),
                event.getTimestamp(),
                domain == null ? null : domain.getType(),
                domain == null ? null : domain.getAggregateIdentifier(),
                domain == null ? -1 : domain.getSequenceNumber(),
                payload.getType().getName(),
                payload.getType().getRevision(),
                payload.getData(),
                metadata);
    }

    boolean isOfAggregate() {
        return aggregateId != null;
    }

    /** Encodes the record up to its checksum, with space for the chain. */
    byte[] encode() {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(256 + payload.length + metadata.length);
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeByte(FORMAT);
            out.writeByte((isOfAggregate() ? OF_AGGREGATE : 0) | (revision != null ? HAS_REVISION : 0));
            out.writeLong(time.getEpochSecond());
            out.writeInt(time.getNano());
            writeText(out, eventId);
            if (isOfAggregate()) {
                writeText(out, aggregateType);
                writeText(out, aggregateId);
                out.writeLong(sequence);
            }
            writeText(out, payloadType);
            if (revision != null) {
                writeText(out, revision);
            }
            out.writeInt(payload.length);
            out.write(payload);
            out.writeInt(metadata.length);
            out.write(metadata);
            byte[] body = bytes.toByteArray();
            byte[] encoded = Arrays.copyOf(body, body.length + TRAILER);
            ByteBuffer.wrap(encoded).putInt(body.length, checksum(encoded, body.length));
            return encoded;
        } catch (IOException e) {
            throw new UncheckedIOException("A record could not be written to memory", e);
        }
    }

    /** Writes the chain into an encoded record and returns it. */
    static int chain(byte[] encoded, int chainBefore, long position) {
        ByteBuffer buffer = ByteBuffer.wrap(encoded);
        int chain = chainOf(chainBefore, position, buffer.getInt(encoded.length - TRAILER));
        buffer.putInt(encoded.length - 4, chain);
        return chain;
    }

    /** Whether a stored record carries the chain that follows from the previous one. */
    static boolean isLinked(byte[] encoded, int chainBefore, long position) {
        int checksum = ByteBuffer.wrap(encoded).getInt(encoded.length - TRAILER);
        return chainOf(encoded) == chainOf(chainBefore, position, checksum);
    }

    /** The chain of a stored record. */
    static int chainOf(byte[] encoded) {
        return ByteBuffer.wrap(encoded).getInt(encoded.length - 4);
    }

    private static int chainOf(int chainBefore, long position, int checksum) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(16)
                .putInt(chainBefore)
                .putLong(position)
                .putInt(checksum)
                .flip());
        return (int) crc.getValue();
    }

    /** @throws StoreException if the bytes are not those that were written, with their position */
    static EventRecord decode(long position, byte[] encoded) {
        int bodyLength = encoded.length - TRAILER;
        if (bodyLength < 2 || ByteBuffer.wrap(encoded).getInt(bodyLength) != checksum(encoded, bodyLength)) {
            throw new StoreException(
                    "The event at position %d is damaged: its checksum does not hold".formatted(position));
        }
        try {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(encoded, 0, bodyLength));
            byte format = in.readByte();
            if (format != FORMAT) {
                throw new StoreException("The event at position %d has format %d; this version reads format %d"
                        .formatted(position, format, FORMAT));
            }
            int flags = in.readByte();
            Instant time = Instant.ofEpochSecond(in.readLong(), in.readInt());
            String eventId = readText(in);
            boolean ofAggregate = (flags & OF_AGGREGATE) != 0;
            String aggregateType = ofAggregate ? readText(in) : null;
            String aggregateId = ofAggregate ? readText(in) : null;
            long sequence = ofAggregate ? in.readLong() : -1;
            String payloadType = readText(in);
            String revision = (flags & HAS_REVISION) != 0 ? readText(in) : null;
            return new EventRecord(
                    eventId,
                    time,
                    aggregateType,
                    aggregateId,
                    sequence,
                    payloadType,
                    revision,
                    in.readNBytes(in.readInt()),
                    in.readNBytes(in.readInt()));
        } catch (IOException e) {
            throw new StoreException("The event at position %d is cut short".formatted(position), e);
        }
    }

    /** Whether an encoded record is long enough to contain its time. */
    static boolean hasTime(byte[] encoded) {
        return encoded.length >= 14;
    }

    /** Decodes only the time, for a search by time. */
    static Instant timeOf(byte[] encoded) {
        ByteBuffer buffer = ByteBuffer.wrap(encoded);
        return Instant.ofEpochSecond(buffer.getLong(2), buffer.getInt(10));
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length > 0xFFFF) {
            throw new IllegalArgumentException("A name or id in an event is longer than 65,535 bytes");
        }
        out.writeShort(utf8.length);
        out.write(utf8);
    }

    private static String readText(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readUnsignedShort()), StandardCharsets.UTF_8);
    }
}
