package dev.kontor.store;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.zip.CRC32C;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedType;

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
    /** Where the texts begin: behind format, flags and time. */
    private static final int TEXTS = 14;
    /** Checksum and chain. */
    private static final int TRAILER = 8;

    private static final byte[] NOTHING = {};

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
        byte[] ofEvent = text(eventId);
        byte[] ofType = text(payloadType);
        byte[] ofRevision = revision == null ? NOTHING : text(revision);
        byte[] ofAggregateType = isOfAggregate() ? text(aggregateType) : NOTHING;
        byte[] ofAggregateId = isOfAggregate() ? text(aggregateId) : NOTHING;
        int aggregateBytes = isOfAggregate() ? Long.BYTES : 0;
        int texts = ofEvent.length + ofAggregateType.length + ofAggregateId.length + ofType.length + ofRevision.length;
        int bodyLength = TEXTS + texts + aggregateBytes + 2 * Integer.BYTES + payload.length + metadata.length;
        byte[] encoded = new byte[bodyLength + TRAILER];
        ByteBuffer out = ByteBuffer.wrap(encoded)
                .put(FORMAT)
                .put((byte) ((isOfAggregate() ? OF_AGGREGATE : 0) | (revision == null ? 0 : HAS_REVISION)))
                .putLong(time.getEpochSecond())
                .putInt(time.getNano())
                .put(ofEvent)
                .put(ofAggregateType)
                .put(ofAggregateId);
        if (isOfAggregate()) {
            out.putLong(sequence);
        }
        out.put(ofType)
                .put(ofRevision)
                .putInt(payload.length)
                .put(payload)
                .putInt(metadata.length)
                .put(metadata)
                .putInt(checksum(encoded, bodyLength));
        return encoded;
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
    static void verify(long position, byte[] encoded) {
        int bodyLength = encoded.length - TRAILER;
        if (bodyLength < 2 || ByteBuffer.wrap(encoded).getInt(bodyLength) != checksum(encoded, bodyLength)) {
            throw new StoreException(
                    "The event at position %d is damaged: its checksum does not hold".formatted(position));
        }
        if (encoded[0] != FORMAT) {
            throw new StoreException("The event at position %d has format %d; this version reads format %d"
                    .formatted(position, encoded[0], FORMAT));
        }
    }

    /** @throws StoreException if the bytes are not those that were written, with their position */
    static EventRecord decode(long position, byte[] encoded) {
        verify(position, encoded);
        return ofVerified(position, encoded);
    }

    /** As {@link #decode}, of bytes that are known to be intact. */
    static EventRecord ofVerified(long position, byte[] encoded) {
        try {
            ByteBuffer in = ByteBuffer.wrap(encoded, 0, encoded.length - TRAILER);
            int flags = in.get(1);
            Instant time = timeOf(encoded);
            String eventId = readText(in.position(TEXTS));
            boolean ofAggregate = (flags & OF_AGGREGATE) != 0;
            return new EventRecord(
                    eventId,
                    time,
                    ofAggregate ? readText(in) : null,
                    ofAggregate ? readText(in) : null,
                    ofAggregate ? in.getLong() : -1,
                    readText(in),
                    (flags & HAS_REVISION) != 0 ? readText(in) : null,
                    readBytes(in, in.getInt()),
                    readBytes(in, in.getInt()));
        } catch (BufferUnderflowException e) {
            throw cutShort(position, e);
        }
    }

    /** Decodes only the type and the revision of intact bytes. */
    static SerializedType typeOf(long position, byte[] encoded) {
        try {
            ByteBuffer in = ByteBuffer.wrap(encoded, TEXTS, encoded.length - TRAILER - TEXTS);
            skipText(in);
            if ((encoded[1] & OF_AGGREGATE) != 0) {
                skipText(in);
                skipText(in);
                in.getLong();
            }
            String type = readText(in);
            return new SimpleSerializedType(type, (encoded[1] & HAS_REVISION) != 0 ? readText(in) : null);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw cutShort(position, e);
        }
    }

    private static StoreException cutShort(long position, RuntimeException cause) {
        return new StoreException("The event at position %d is cut short".formatted(position), cause);
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

    /** Two bytes of length and the text. */
    private static byte[] text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length > 0xFFFF) {
            throw new IllegalArgumentException("A name or id in an event is longer than 65,535 bytes");
        }
        return ByteBuffer.allocate(Short.BYTES + utf8.length)
                .putShort((short) utf8.length)
                .put(utf8)
                .array();
    }

    private static String readText(ByteBuffer in) {
        return new String(readBytes(in, Short.toUnsignedInt(in.getShort())), StandardCharsets.UTF_8);
    }

    private static void skipText(ByteBuffer in) {
        int length = Short.toUnsignedInt(in.getShort());
        in.position(in.position() + length);
    }

    private static byte[] readBytes(ByteBuffer in, int length) {
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }
}
