package dev.kontor.store.documents;

import dev.kontor.store.EmbeddedStore;
import java.nio.ByteBuffer;

/**
 * How far into the log the views may show, and the log's chain there. It is written before the rows that depend on it:
 * so a log that agrees with it contains every event that a document or token can refer to.
 */
final class Anchor {

    private static final long NOTHING = -1;

    private final ViewDatabase rows;
    private final EmbeddedStore store;
    private final Integer chain;
    /** The position up to which views may show; no written row is ahead of it. */
    private volatile long position;

    /** For a store that shows nothing. */
    Anchor(ViewDatabase rows, EmbeddedStore store) {
        this(rows, store, NOTHING, null);
    }

    private Anchor(ViewDatabase rows, EmbeddedStore store, long position, Integer chain) {
        this.rows = rows;
        this.store = store;
        this.position = position;
        this.chain = chain;
    }

    static Anchor read(ViewDatabase rows, EmbeddedStore store) {
        byte[] stored = rows.get(RowKeys.ANCHOR);
        if (stored == null) {
            return new Anchor(rows, store);
        }
        ByteBuffer bytes = ByteBuffer.wrap(stored);
        return new Anchor(rows, store, bytes.getLong(), bytes.getInt());
    }

    /** Why the log is not the one that the store shows; null if it is. */
    String contradiction() {
        if (position == NOTHING) {
            return null;
        }
        if (position > store.head()) {
            return "it shows events up to position %d, and the log ends at %d".formatted(position, store.head());
        }
        return store.chainAt(position) == chain
                ? null
                : "the log up to position %d is not the one it was read from".formatted(position);
    }

    /** Call before any write that may show the last event. */
    void advance() {
        if (store.head() > position) {
            moveToHead();
        }
    }

    private synchronized void moveToHead() {
        long head = store.head();
        if (head > position) {
            rows.put(
                    RowKeys.ANCHOR,
                    ByteBuffer.allocate(12)
                            .putLong(head)
                            .putInt(store.chainAt(head))
                            .array());
            position = head;
        }
    }
}
