package dev.kontor.query.customer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.kontor.query.ViewSettings;
import dev.kontor.query.platform.DocumentType;
import dev.kontor.query.platform.View;
import dev.kontor.query.platform.WriteListener;
import java.util.Collection;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/**
 * Recently read profiles. A profile is evicted when this process writes its document, and after some time in any case.
 * Where another process may write it, nothing is cached: this process sees the other's events but not when its
 * documents are written.
 *
 * <p>Reads and evictions of one profile are serialized by the map underneath. So a read that began before a write is
 * complete when that write evicts, and leaves no old value behind.
 */
@Component
class CustomerCache implements WriteListener {

    private final boolean remembers;
    private final Cache<String, CustomerView> profiles;

    CustomerCache(ViewSettings settings) {
        this.remembers = settings.profileCache().isPositive();
        this.profiles = Caffeine.newBuilder()
                .maximumSize(20_000)
                .expireAfterWrite(settings.profileCache())
                .build();
    }

    /**
     * The profile in this version or a later one; an older cached profile is read again.
     *
     * @param read returns null if there is none
     */
    CustomerView get(String id, long atLeastVersion, Function<String, CustomerView> read) {
        if (!remembers) {
            return read.apply(id);
        }
        CustomerView known = profiles.get(id, read);
        return known != null && known.version() < atLeastVersion
                ? profiles.asMap().compute(id, (name, old) -> read.apply(name))
                : known;
    }

    @Override
    public void written(DocumentType<?> type, Collection<String> ids) {
        if (type == CustomerDocument.CUSTOMERS) {
            // Not invalidate: its effect on an entry that is being read is undefined.
            ids.forEach(id -> profiles.asMap().compute(id, (name, old) -> null));
        }
    }

    @Override
    public void switched(View view) {
        if (view == CustomerDocument.VIEW) {
            profiles.asMap().keySet().forEach(id -> profiles.asMap().compute(id, (name, old) -> null));
        }
    }
}
