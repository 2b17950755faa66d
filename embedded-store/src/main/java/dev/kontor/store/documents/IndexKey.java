package dev.kontor.store.documents;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Encodes a sequence of values as bytes with the same order: text by its UTF-8 bytes, numbers, false before true. No
 * encoded value is a prefix of another of its kind.
 */
public final class IndexKey {

    private static final int LONGEST_USUAL = 64;

    private IndexKey() {}

    /** @param values each a String, Long or Boolean */
    public static byte[] of(List<?> values) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(LONGEST_USUAL);
        for (Object value : values) {
            switch (value) {
                case String text -> writeText(text, bytes);
                case Long number ->
                    bytes.writeBytes(ByteBuffer.allocate(Long.BYTES)
                            .putLong(number ^ Long.MIN_VALUE)
                            .array());
                case Boolean flag -> bytes.write(flag ? 1 : 0);
                default -> throw new IllegalArgumentException("No index has values of " + value.getClass());
            }
        }
        return bytes.toByteArray();
    }

    /** Ends with 0 1; a 0 in the text is 0 255. */
    private static void writeText(String text, ByteArrayOutputStream bytes) {
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            bytes.write(each);
            if (each == 0) {
                bytes.write(0xFF);
            }
        }
        bytes.write(0);
        bytes.write(1);
    }

    /** The values and then the id: a document's key in an index. */
    public static byte[] place(List<?> values, String id) {
        byte[] key = of(values);
        byte[] text = id.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(key.length + text.length).put(key).put(text).array();
    }
}
