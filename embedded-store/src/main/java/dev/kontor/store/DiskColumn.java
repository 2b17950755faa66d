package dev.kontor.store;

import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * A durable map beside the log that is not in memory: for what may be large. It is named and written as a {@link Column} is.
 */
public final class DiskColumn {

    private final EmbeddedStore store;
    private final String name;

    DiskColumn(EmbeddedStore store, String name) {
        this.store = store;
        this.name = name;
    }

    /**
     * @param afterwards runs once it is durable; it must be short and must not fail
     * @throws NullPointerException for a null value: {@link #delete} is for that
     */
    public void put(String key, byte[] value, Runnable afterwards) {
        Objects.requireNonNull(value, "a column keeps no nulls");
        write(key, value, afterwards);
    }

    /** @param afterwards runs once it is durable; it must be short and must not fail */
    public void delete(String key, Runnable afterwards) {
        write(key, null, afterwards);
    }

    private void write(String key, byte[] value, Runnable afterwards) {
        store.write(pending -> {
            pending.row(name, key, value, null);
            pending.afterwards(afterwards);
        });
    }

    /** As the current unit of work has it, if it wrote it. */
    public Optional<byte[]> get(String key) {
        return UnitOfWorkWrites.peek(store.committer(), name, key)
                .map(row -> Optional.ofNullable(row.value()))
                .orElseGet(() -> Optional.ofNullable(store.get(name, KeyEncoding.text(key))));
    }

    /** Every row that is durable. */
    public void read(BiConsumer<String, byte[]> reader) {
        store.readAll(name, reader);
    }
}
