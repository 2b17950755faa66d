package dev.kontor.store;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A durable map beside the log, also held wholly in memory: for small data that is read often.
 *
 * <p>A write inside a unit of work becomes durable with it, and only that unit of work sees it before; outside of one
 * it is durable on return. Callers must not change a value after they pass it.
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

    /** @throws NullPointerException for a null value; use {@link #delete} instead */
    public void put(String key, byte[] value) {
        Objects.requireNonNull(value, "a column stores no null values");
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

    /** All rows at this moment, in no order. */
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
