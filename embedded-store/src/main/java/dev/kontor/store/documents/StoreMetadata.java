package dev.kontor.store.documents;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Identifies a store.
 *
 * @param format of rows and keys
 * @param store the id of the log that the documents are read from
 */
record StoreMetadata(int format, String store) {

    /** Rises with every change of {@link RowKeys}, {@link IndexKey} or what the rows hold. */
    static final int FORMAT = 4;

    private static final StoreMetadata UNKNOWN = new StoreMetadata(0, "");

    static StoreMetadata read(ViewDatabase rows) {
        byte[] stored = rows.get(RowKeys.IDENTITY);
        if (stored == null || stored.length < 4) {
            return UNKNOWN;
        }
        ByteBuffer bytes = ByteBuffer.wrap(stored);
        return new StoreMetadata(
                bytes.getInt(), StandardCharsets.UTF_8.decode(bytes).toString());
    }

    void write(ViewDatabase rows) {
        byte[] name = store.getBytes(StandardCharsets.UTF_8);
        rows.put(
                RowKeys.IDENTITY,
                ByteBuffer.allocate(4 + name.length).putInt(format).put(name).array());
    }

    /** Null if both are equal. */
    String differenceTo(StoreMetadata expected) {
        if (equals(UNKNOWN)) {
            return "it has no format";
        }
        if (format != expected.format) {
            return "its format is %d and this version reads %d".formatted(format, expected.format);
        }
        return store.equals(expected.store) ? null : "it is of another log";
    }
}
