package dev.kontor.store;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A durable map beside the log, wholly in memory too: for what is small and asked for often.
 *
 * <p>A write inside a unit of work becomes durable with it, and only that unit of work sees it before; outside of one it
 * is durable on return. Values are not to be changed after they are handed over.
 */
public final class Column {

    private final EmbeddedStore store;
    private final String name;
    private final Map<String, byte[]> rows = new ConcurrentHashMap<>();

    Column(EmbeddedStore store, String name) {
        this.store = store;
        this.name = name;
        store.readAll(name, rows::put);
    }

    /** @throws NullPointerException for a null value: {@link #delete} is for that */
    public void put(String key, byte[] value) {
        Objects.requireNonNull(value, "a column keeps no nulls");
        store.write(pending -> {
            pending.row(name, key, value, null);
            pending.afterwards(() -> rows.put(key, value));
        });
    }

    public void delete(String key) {
        store.write(pending -> {
            pending.row(name, key, null, null);
            pending.afterwards(() -> rows.remove(key));
        });
    }

    public Optional<byte[]> get(String key) {
        return UnitOfWorkWrites.peek(store.committer(), name, key)
                .map(row -> Optional.ofNullable(row.value()))
                .orElseGet(() -> Optional.ofNullable(rows.get(key)));
    }

    /** All rows as they stand now, in no order. */
    public Map<String, byte[]> entries() {
        Map<String, byte[]> entries = new HashMap<>(rows);
        for (UnitOfWorkWrites.Row row : UnitOfWorkWrites.peekAll(store.committer(), name)) {
            if (row.value() == null) {
                entries.remove(row.key());
            } else {
                entries.put(row.key(), row.value());
            }
        }
        return entries;
    }
}
