package dev.kontor.store.documents;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The key layout of the view store. The first byte is the kind of a row; documents and index rows continue with the
 * number (4 bytes) of their collection or index. Numbers are never reused, so deleted rows cannot reappear.
 */
final class RowKeys {

    /** The format of the store, and its log. */
    static final byte[] IDENTITY = {0, 0};
    /** How far into the log the store may show. */
    static final byte[] ANCHOR = {0, 1};
    /** The number that the next collection or index gets. */
    static final byte[] NEXT_NUMBER = {0, 2};

    private static final byte VIEW = 1;
    private static final byte TOKEN = 2;
    private static final byte DOCUMENT = 3;
    private static final byte INDEX_ROW = 4;
    private static final byte LIVE = 5;
    private static final byte NOTE = 6;
    private static final byte LETTER = 7;

    private RowKeys() {}

    /** Keys from one to another, the end exclusive. */
    record Range(byte[] from, byte[] to) {}

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

    /** The first key after all with this prefix. */
    static byte[] after(byte[] prefix) {
        byte[] next = prefix.clone();
        int last = next.length - 1;
        // The first byte is a kind and never 255, so this ends.
        while (next[last] == (byte) 0xFF) {
            last--;
        }
        next[last]++;
        return Arrays.copyOf(next, last + 1);
    }

    /** The row that describes a generation of a view. */
    static byte[] view(String name) {
        return tagged(VIEW, name.getBytes(StandardCharsets.UTF_8));
    }

    static Range views() {
        return new Range(new byte[] {VIEW}, new byte[] {VIEW + 1});
    }

    /** The slot of the generation of a view that readers see; the first one where there is no row. */
    static byte[] live(String view) {
        return tagged(LIVE, view.getBytes(StandardCharsets.UTF_8));
    }

    /** What the query side notes of a view's generations. */
    static byte[] note(String view) {
        return tagged(NOTE, view.getBytes(StandardCharsets.UTF_8));
    }

    /** The name in the key of a view's row. */
    static String viewOf(byte[] key) {
        return new String(key, 1, key.length - 1, StandardCharsets.UTF_8);
    }

    /** The token of a segment of a view. */
    static byte[] token(String view, int segment) {
        byte[] text = view.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + text.length + 1 + Integer.BYTES)
                .put(TOKEN)
                .put(text)
                .put((byte) 0)
                .putInt(segment)
                .array();
    }

    /** The tokens of all segments of a view. */
    static Range tokens(String view) {
        byte[] text = view.getBytes(StandardCharsets.UTF_8);
        byte[] from = tagged(TOKEN, Arrays.copyOf(text, text.length + 1));
        return beginningWith(from);
    }

    static int segmentOf(byte[] tokenKey) {
        return ByteBuffer.wrap(tokenKey).getInt(tokenKey.length - Integer.BYTES);
    }

    /** A dead letter: the lengths of the first two parts, 2 bytes each, and the parts. */
    static byte[] letter(String queue, String sequence, long position) {
        byte[] first = lettersPrefix(queue);
        byte[] second = sequence.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(first.length + Short.BYTES + second.length + Long.BYTES)
                .put(first)
                .putShort((short) second.length)
                .put(second)
                .putLong(position)
                .array();
    }

    private static byte[] lettersPrefix(String queue) {
        byte[] text = queue.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + Short.BYTES + text.length)
                .put(LETTER)
                .putShort((short) text.length)
                .put(text)
                .array();
    }

    /** The dead letters of one queue. */
    static Range letters(String queue) {
        return beginningWith(lettersPrefix(queue));
    }

    static Range letters() {
        return new Range(new byte[] {LETTER}, new byte[] {LETTER + 1});
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
