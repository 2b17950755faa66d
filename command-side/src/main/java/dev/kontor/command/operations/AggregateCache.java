package dev.kontor.command.operations;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.axonframework.common.Registration;
import org.axonframework.common.caching.Cache;

/**
 * Keeps the aggregates used last, strongly and up to a bound. Axon's own weak cache is emptied by every garbage
 * collection, which makes a busy aggregate read its whole history again.
 *
 * <p>Pushes out the one that was not used for longest. A cache that weighs how often something was used (Caffeine's, when
 * full) would keep last hour's orders, each used many times, and turn away those of this moment. Safe for many threads:
 * nothing but memory is touched under its lock.
 */
final class AggregateCache implements Cache {

    private final Map<Object, Object> entries;

    /** @param mostEntries aggregates that are kept */
    AggregateCache(int mostEntries) {
        this.entries = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Object, Object> eldest) {
                return size() > mostEntries;
            }
        };
    }

    @Override
    @SuppressWarnings("unchecked") // a key always stands for the type it was put with
    public synchronized <K, V> V get(K key) {
        return (V) entries.get(key);
    }

    @Override
    public synchronized void put(Object key, Object value) {
        entries.put(key, value);
    }

    @Override
    public synchronized boolean putIfAbsent(Object key, Object value) {
        return entries.putIfAbsent(key, value) == null;
    }

    @Override
    public synchronized boolean remove(Object key) {
        return entries.remove(key) != null;
    }

    @Override
    public synchronized void removeAll() {
        entries.clear();
    }

    @Override
    public synchronized boolean containsKey(Object key) {
        return entries.containsKey(key);
    }

    /** @param update must not use this cache */
    @Override
    @SuppressWarnings("unchecked") // a key always stands for the type it was put with
    public synchronized <V> void computeIfPresent(Object key, UnaryOperator<V> update) {
        entries.computeIfPresent(key, (k, value) -> update.apply((V) value));
    }

    /** @throws UnsupportedOperationException always: nothing here listens to a cache */
    @Override
    public Registration registerCacheEntryListener(EntryListener listener) {
        throw new UnsupportedOperationException("This cache tells nobody of its entries");
    }
}
