package dev.kontor.store;

import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * A durable map beside the log that is not held in memory: for large data. Names and writes work as in {@link Column}.
 */
public final class DiskColumn {

    private final EmbeddedStore store;
    private final String name;

    DiskColumn(EmbeddedStore store, String name) {
        this.store = store;
        this.name = name;
    }

    /**
     * @param afterwards runs after the write is durable; it must be short and must not fail
     * @throws NullPointerException for a null value; use {@link #delete} instead
     */
    public void put(String key, byte[] value, Runnable afterwards) {
        Objects.requireNonNull(value, "a column stores no null values");
        write(key, value, afterwards);
    }

    /** @param afterwards runs after the deletion is durable; it must be short and must not fail */
    public void delete(String key, Runnable afterwards) {
        write(key, null, afterwards);
    }

    private void write(String key, byte[] value, Runnable afterwards) {
        store.write(pending -> {
            pending.row(name, key, value, null);
            pending.afterwards(afterwards);
        });
    }

    /** Returns the value that the current unit of work wrote, else the durable one. */
    public Optional<byte[]> get(String key) {
        return UnitOfWorkWrites.peek(store.committer(), name, key)
                .map(row -> Optional.ofNullable(row.value()))
                .orElseGet(() -> Optional.ofNullable(store.get(name, KeyEncoding.text(key))));
    }

    /** Reads every durable row. */
    public void read(BiConsumer<String, byte[]> reader) {
        store.readAll(name, reader);
    }
}
