package dev.kontor.query.customer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.kontor.api.customer.CustomerView;
import dev.kontor.query.ViewSettings;
import dev.kontor.query.platform.DocumentType;
import dev.kontor.query.platform.WriteListener;
import java.util.Collection;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/**
 * Profiles that were read of late. Each goes when its document is written here, and after a while in any case. Where
 * another process may write it, none is remembered at all: its events can be heard of, but not that its documents show
 * them.
 *
 * <p>Reads and evictions of one profile happen one after the other, as the map underneath promises. So a read that
 * began before a write is over when that write evicts, and leaves nothing old behind.
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
     * The profile in this version or a later one, as far as there is one: what is remembered is older, it is read.
     *
     * @param read answers null where there is none
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
            // Not invalidate: what that does to an entry that is being read is left open.
            ids.forEach(id -> profiles.asMap().compute(id, (name, old) -> null));
        }
    }
}
