package dev.kontor.command.operations;

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
final class AggregateCache implements Cache {

    private final com.github.benmanes.caffeine.cache.Cache<Object, Object> entries;

    /** @param mostEntries aggregates that are kept */
    AggregateCache(long mostEntries) {
        this.entries = Caffeine.newBuilder()
                .maximumSize(mostEntries)
                // What is too many goes at once, on the thread that put it: there is no moment with more.
                .executor(Runnable::run)
                .build();
    }

    @Override
    @SuppressWarnings("unchecked") // a key always stands for the type it was put with
    public <K, V> V get(K key) {
        return (V) entries.getIfPresent(key);
    }

    @Override
    public void put(Object key, Object value) {
        entries.put(key, value);
    }

    @Override
    public boolean putIfAbsent(Object key, Object value) {
        return entries.asMap().putIfAbsent(key, value) == null;
    }

    @Override
    public boolean remove(Object key) {
        return entries.asMap().remove(key) != null;
    }

    @Override
    public void removeAll() {
        entries.invalidateAll();
    }

    @Override
    public boolean containsKey(Object key) {
        return entries.asMap().containsKey(key);
    }

    @Override
    @SuppressWarnings("unchecked") // a key always stands for the type it was put with
    public <V> void computeIfPresent(Object key, UnaryOperator<V> update) {
        entries.asMap().computeIfPresent(key, (k, value) -> update.apply((V) value));
    }

    /** @throws UnsupportedOperationException always: nothing here listens to a cache */
    @Override
    public Registration registerCacheEntryListener(EntryListener listener) {
        throw new UnsupportedOperationException("This cache tells nobody of its entries");
    }
}
