package dev.kontor.store;

import java.util.ArrayDeque;
import java.util.Deque;

/** The native resources of one use of RocksDB, freed together in reverse order. For one thread at a time. */
final class NativeResources implements AutoCloseable {

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    <T extends AutoCloseable> T own(T part) {
        parts.addFirst(part);
        return part;
    }

    /** A second call does nothing. */
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.removeFirst().close();
            } catch (Exception e) {
                throw new StoreException("A part of RocksDB could not be closed", e);
            }
        }
    }
}
