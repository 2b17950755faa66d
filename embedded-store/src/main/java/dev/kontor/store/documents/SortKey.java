package dev.kontor.store.documents;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.Decimal128;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.UUID;

/**
 * Values as bytes whose order is the order of the values, as the query operators see it: numbers of all types among each
 * other, text by its UTF-16 units, false before true, nothing before everything. What is equal to a query is equal bytes.
 * Kinds of values that have no such order here (documents, arrays) are told apart, and not sorted.
 *
 * <p>No value's bytes are the beginning of another's, so that several can stand one behind the other.
 */
final class SortKey {

    private static final int NOTHING = 0x08;
    private static final int NUMBER = 0x10;
    private static final int TEXT = 0x18;
    private static final int BYTES = 0x20;
    private static final int UNIQUE_ID = 0x28;
    private static final int OBJECT_ID = 0x30;
    private static final int BOOLEAN = 0x38;
    private static final int INSTANT = 0x40;
    private static final int OTHER = 0x48;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(48);

    /** The bytes of one value. */
    static byte[] of(Object value) {
        return new SortKey().add(value, true).toBytes();
    }

    /** Whether values of this kind stand in their order. */
    static boolean isSorted(Object value) {
        return switch (value) {
            case null -> true;
            case Decimal128 exact -> false;
            case Missing _, Number _, String _, ObjectId _, Boolean _, Instant _ -> true;
            default -> false;
        };
    }

    SortKey add(Object value, boolean ascending) {
        byte[] encoded = encode(value);
        if (!ascending) {
            for (int i = 0; i < encoded.length; i++) {
                encoded[i] = (byte) ~encoded[i];
            }
        }
        bytes.writeBytes(encoded);
        return this;
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }

    private static byte[] encode(Object value) {
        return switch (value) {
            case null -> new byte[] {NOTHING};
            case Missing nothing -> new byte[] {NOTHING};
            case Decimal128 exact -> other(exact);
            case Number number -> number(number);
            case String text -> text(text);
            case BinData data -> sized(BYTES, data.getData());
            case UUID id ->
                ByteBuffer.allocate(17)
                        .put((byte) UNIQUE_ID)
                        .putLong(id.getMostSignificantBits())
                        .putLong(id.getLeastSignificantBits())
                        .array();
            case ObjectId id ->
                ByteBuffer.allocate(13)
                        .put((byte) OBJECT_ID)
                        .put(id.toByteArray())
                        .array();
            case Boolean yes -> new byte[] {BOOLEAN, (byte) (yes ? 1 : 0)};
            case Instant at ->
                ByteBuffer.allocate(9)
                        .put((byte) INSTANT)
                        .putLong(at.toEpochMilli() ^ Long.MIN_VALUE)
                        .array();
            default -> other(value);
        };
    }

    /** The nearest double, and what a long is more than that: longs of one double are still apart. */
    private static byte[] number(Number number) {
        double near = number.doubleValue() + 0.0; // makes the negative zero positive
        long bits = Double.doubleToLongBits(near);
        long sortable = bits < 0 ? ~bits : bits ^ Long.MIN_VALUE;
        long more = number instanceof Long exact ? exact - (long) near : 0;
        return ByteBuffer.allocate(11)
                .put((byte) NUMBER)
                .putLong(sortable)
                .putShort((short) (more ^ Short.MIN_VALUE))
                .array();
    }

    /** Each UTF-16 unit by itself in one to three bytes: the order of {@link String#compareTo}. */
    private static byte[] text(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length() + 3);
        out.write(TEXT);
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit == 0) {
                out.write(0);
                out.write(1);
            } else if (unit < 0x80) {
                out.write(unit);
            } else if (unit < 0x800) {
                out.write(0xC0 | unit >> 6);
                out.write(0x80 | unit & 0x3F);
            } else {
                out.write(0xE0 | unit >> 12);
                out.write(0x80 | unit >> 6 & 0x3F);
                out.write(0x80 | unit & 0x3F);
            }
        }
        out.write(0);
        out.write(0);
        return out.toByteArray();
    }

    private static byte[] other(Object value) {
        return sized(OTHER, Bson.encode(new Document("", value)));
    }

    private static byte[] sized(int tag, byte[] data) {
        return ByteBuffer.allocate(5 + data.length)
                .put((byte) tag)
                .putInt(data.length)
                .put(data)
                .array();
    }
}
