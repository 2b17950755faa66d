package dev.kontor.standalone.platform;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.kontor.query.platform.DocumentType;
import dev.kontor.query.platform.Index;
import dev.kontor.query.platform.Scan;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The ids of recently scanned pages. A page is valid as long as no commit changes the index: orders change the stock of
 * products, but not their place in a list. Its size in memory is bounded. Safe for many threads.
 */
final class ScannedPages {

    private static final long MOST_BYTES = 2L << 20;

    private static final int ID_BYTES = 100;
    private static final int ENTRY_BYTES = 500;

    private final Cache<Scan<?>, Page> pages = Caffeine.newBuilder()
            .maximumWeight(MOST_BYTES)
            .weigher((Scan<?> scan, Page page) ->
                    ENTRY_BYTES + ID_BYTES * page.ids().size())
            .executor(Runnable::run)
            .build();

    /** The moment after the last change of each index. */
    private final Map<IndexOf, Long> changes = new ConcurrentHashMap<>();

    private volatile long clearedAt;

    private record IndexOf(String type, Index index) {}

    /** @param moment that it was scanned at */
    private record Page(List<String> ids, long moment) {}

    /** The ids as of now, in their order; null if they are not known. */
    List<String> find(Scan<?> scan) {
        Page page = pages.getIfPresent(scan);
        boolean isValid = page != null
                && page.moment() >= clearedAt
                && page.moment() >= changes.getOrDefault(new IndexOf(scan.type().name(), scan.index()), 0L);
        return isValid ? page.ids() : null;
    }

    void offer(Scan<?> scan, List<String> ids, long moment) {
        pages.put(scan, new Page(List.copyOf(ids), moment));
    }

    /** @param after the moment after the change; before it, the change must have been reported */
    void changed(DocumentType<?> type, Index index, long after) {
        changes.put(new IndexOf(type.name(), index), after);
    }

    /** Pages of all moments before this one are gone. */
    void clear(long after) {
        clearedAt = after;
        pages.invalidateAll();
    }
}
