package dev.kontor.command.platform;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.function.UnaryOperator;
import org.axonframework.common.Registration;
import org.axonframework.common.caching.Cache;

/**
 * Keeps the aggregates used last, strongly and up to a bound. Axon's own weak cache is emptied by every garbage
 * collection, which makes a busy aggregate read its whole history again.
 *
 * <p>When it is full, how often something was used counts as well as how long ago: an order of this moment may go before a
 * product that is asked for all day. It is read again from its two or three events.
 */
final class AggregateCache {

    /** Aggregates of all types share one bound and no key: what has an id as one type is nothing as another. */
    private record Key(Class<?> type, Object id) {}

    private final com.github.benmanes.caffeine.cache.Cache<Key, Object> entries;

    /** @param mostEntries aggregates of all types that are kept */
    AggregateCache(long mostEntries) {
        this.entries = Caffeine.newBuilder()
                .maximumSize(mostEntries)
                // What is too many goes at once, on the thread that put it: there is no moment with more.
                .executor(Runnable::run)
                .build();
    }

    /** The aggregates of this type, by their ids. */
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
        @SuppressWarnings("unchecked") // a key always stands for the type it was put with
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
        @SuppressWarnings("unchecked") // a key always stands for the type it was put with
        public <V> void computeIfPresent(Object id, UnaryOperator<V> update) {
            entries.asMap().computeIfPresent(key(id), (key, value) -> update.apply((V) value));
        }

        /** @throws UnsupportedOperationException always: nothing here listens to a cache */
        @Override
        public Registration registerCacheEntryListener(EntryListener listener) {
            throw new UnsupportedOperationException("This cache tells nobody of its entries");
        }
    }
}
