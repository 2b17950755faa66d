package dev.kontor.command.platform;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.function.UnaryOperator;
import org.axonframework.common.Registration;
import org.axonframework.common.caching.Cache;

/**
 * Keeps the most recently used aggregates, with strong references and up to a bound. Axon's own weak cache is emptied
 * by every garbage collection, after which a busy aggregate reads its whole history again.
 *
 * <p>Eviction considers frequency as well as recency: an order may be evicted before a product that is used all day.
 * The order is then read from its two or three events.
 */
final class AggregateCache {

    /** Aggregates of all types share one bound, but no key: an id of one type is not found as another type. */
    private record Key(Class<?> type, Object id) {}

    private final com.github.benmanes.caffeine.cache.Cache<Key, Object> entries;

    /** @param mostEntries the maximum of cached aggregates of all types */
    AggregateCache(long mostEntries) {
        this.entries = Caffeine.newBuilder()
                .maximumSize(mostEntries)
                // Evicts on the thread that adds an entry, so that the bound is not exceeded.
                .executor(Runnable::run)
                .build();
    }

    /** The cache of this type, by id. */
    Cache of(Class<?> type) {
        return new OfType(type);
    }

    void removeAll() {
        entries.invalidateAll();
    }

    private final class OfType implements Cache {

        private final Class<?> type;

        OfType(Class<?> type) {
            this.type = type;
        }

        private Key key(Object id) {
            return new Key(type, id);
        }

        @Override
        @SuppressWarnings("unchecked") // a key always maps to the type it was put with
        public <K, V> V get(K id) {
            return (V) entries.getIfPresent(key(id));
        }

        @Override
        public void put(Object id, Object value) {
            entries.put(key(id), value);
        }

        @Override
        public boolean putIfAbsent(Object id, Object value) {
            return entries.asMap().putIfAbsent(key(id), value) == null;
        }

        @Override
        public boolean remove(Object id) {
            return entries.asMap().remove(key(id)) != null;
        }

        @Override
        public void removeAll() {
            entries.asMap().keySet().removeIf(key -> key.type() == type);
        }

        @Override
        public boolean containsKey(Object id) {
            return entries.asMap().containsKey(key(id));
        }

        @Override
        @SuppressWarnings("unchecked") // a key always maps to the type it was put with
        public <V> void computeIfPresent(Object id, UnaryOperator<V> update) {
            entries.asMap().computeIfPresent(key(id), (key, value) -> update.apply((V) value));
        }

        /** @throws UnsupportedOperationException always: the cache has no listeners */
        @Override
        public Registration registerCacheEntryListener(EntryListener listener) {
            throw new UnsupportedOperationException("This cache has no listeners");
        }
    }
}
