package dev.kontor.store.documents;

import dev.kontor.store.EmbeddedStore;
import java.nio.ByteBuffer;

/**
 * How far into the log the store may show, and the chain of the log there. It is written before what it speaks of: so
 * a log that agrees in it holds every event that any document or token can be of, and the same ones.
 */
final class Anchor {

    private static final long NOTHING = -1;

    private final ViewDatabase rows;
    private final EmbeddedStore store;
    private final Integer chain;
    /** The position up to which views may show; what is written is never behind it. */
    private volatile long position;

    /** Of a store that shows nothing. */
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

    /** Why the log cannot be the one that the store shows; null where it is. */
    String contradiction() {
        if (position == NOTHING) {
            return null;
        }
        if (position > store.head()) {
            return "it shows events up to position %d, and the log ends at %d".formatted(position, store.head());
        }
        return store.chainAt(position) == chain
                ? null
                : "the log up to position %d is not the one it was read off".formatted(position);
    }

    /** To be called before anything is written that may show the last event. */
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
