package dev.kontor.store.documents;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * How the view store's keys are laid out. The first byte says what a row is; documents and index rows follow with the
 * number (4 bytes) of their collection or index. Numbers are never used again, so that what was dropped cannot show up
 * in what comes after it.
 */
final class RowKeys {

    /** What the store is, and of which log. */
    static final byte[] IDENTITY = {0, 0};
    /** How far into the log the store may show. */
    static final byte[] ANCHOR = {0, 1};
    /** The number that the next collection or index gets. */
    static final byte[] NEXT_NUMBER = {0, 2};

    private static final byte COLLECTION = 1;
    private static final byte INDEX = 2;
    private static final byte COUNT = 3;
    private static final byte DOCUMENT = 4;
    private static final byte INDEX_ROW = 5;

    private RowKeys() {}

    /** Rows from a key to before another. */
    record Range(byte[] from, byte[] to) {}

    /** The row that gives a collection, by its full name, its number. */
    static byte[] collection(String fullName) {
        return tagged(COLLECTION, fullName.getBytes(StandardCharsets.UTF_8));
    }

    static Range collections() {
        return new Range(new byte[] {COLLECTION}, new byte[] {COLLECTION + 1});
    }

    static String collectionOf(byte[] key) {
        return new String(key, 1, key.length - 1, StandardCharsets.UTF_8);
    }

    /** The row that gives an index its number. It stands as long as the rows of the index are complete. */
    static byte[] index(int collection, String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(5 + text.length)
                .put(INDEX)
                .putInt(collection)
                .put(text)
                .array();
    }

    /** How many documents a collection has. */
    static byte[] count(int collection) {
        return numbered(COUNT, collection).array();
    }

    static byte[] document(int collection, byte[] id) {
        return ByteBuffer.allocate(5 + id.length)
                .put(DOCUMENT)
                .putInt(collection)
                .put(id)
                .array();
    }

    static Range documents(int collection) {
        return new Range(
                numbered(DOCUMENT, collection).array(),
                numbered(DOCUMENT, collection + 1).array());
    }

    /** The id in the key of a document. */
    static byte[] idOf(byte[] documentKey) {
        return Arrays.copyOfRange(documentKey, 5, documentKey.length);
    }

    static byte[] indexRow(int index, byte[] values) {
        return ByteBuffer.allocate(5 + values.length)
                .put(INDEX_ROW)
                .putInt(index)
                .put(values)
                .array();
    }

    static Range indexRows(int index) {
        return new Range(
                numbered(INDEX_ROW, index).array(),
                numbered(INDEX_ROW, index + 1).array());
    }

    /** All keys that begin with these bytes. */
    static Range beginningWith(byte[] prefix) {
        return new Range(prefix, after(prefix));
    }

    /** The first key behind all that begin with these bytes. */
    static byte[] after(byte[] prefix) {
        byte[] next = prefix.clone();
        int last = next.length - 1;
        // The first byte is one of ours and never 255, so this ends.
        while (next[last] == (byte) 0xFF) {
            last--;
        }
        next[last]++;
        return Arrays.copyOf(next, last + 1);
    }

    /** The very next key. */
    static byte[] following(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }

    static byte[] number(int number) {
        return ByteBuffer.allocate(4).putInt(number).array();
    }

    static int number(byte[] value) {
        return ByteBuffer.wrap(value).getInt();
    }

    private static byte[] tagged(byte tag, byte[] rest) {
        return ByteBuffer.allocate(1 + rest.length).put(tag).put(rest).array();
    }

    private static ByteBuffer numbered(byte tag, int number) {
        return ByteBuffer.allocate(5).put(tag).putInt(number);
    }
}
