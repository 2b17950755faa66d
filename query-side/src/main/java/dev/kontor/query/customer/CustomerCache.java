package dev.kontor.query.customer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.kontor.api.customer.CustomerView;
import dev.kontor.query.View;
import dev.kontor.query.WriteListener;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/**
 * Profiles that were read of late. Each goes when its document is written here, and after {@value #SECONDS} s in any case:
 * another process may have written it.
 *
 * <p>Reads and evictions of one profile happen one after the other, as the map underneath promises. So a read that began
 * before a write is over when that write evicts, and leaves nothing old behind.
 */
@Component
class CustomerCache implements WriteListener {

    private static final int SECONDS = 30;

    private final Cache<String, CustomerView> profiles = Caffeine.newBuilder()
            .maximumSize(20_000)
            .expireAfterWrite(Duration.ofSeconds(SECONDS))
            .build();

    /**
     * The profile in this version or a later one, as far as there is one: what is remembered is older, it is read.
     *
     * @param read answers null where there is none
     */
    CustomerView get(String id, long atLeastVersion, Function<String, CustomerView> read) {
        CustomerView known = profiles.get(id, read);
        return known != null && known.version() < atLeastVersion
                ? profiles.asMap().compute(id, (name, old) -> read.apply(name))
                : known;
    }

    @Override
    public void written(String collection, Collection<String> ids) {
        if (collection.equals(View.CUSTOMERS_NAME)) {
            // Not invalidate: what that does to an entry that is being read is left open.
            ids.forEach(id -> profiles.asMap().compute(id, (name, old) -> null));
        }
    }
}
