package dev.kontor.standalone.platform;

import dev.kontor.store.EmbeddedStore;
import dev.kontor.store.StoreState;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Down once a write has failed: only a restart helps. A full disk is not down: reads go on, and so do writes in time. */
@Component("bookHealthIndicator")
class EventStoreHealth implements HealthIndicator {

    private final EmbeddedStore book;

    EventStoreHealth(EmbeddedStore book) {
        this.book = book;
    }

    @Override
    public Health health() {
        StoreState state = book.state();
        return switch (state) {
            case OPEN, FULL -> Health.up().withDetail("book", state).build();
            case STOPPED, CLOSED -> Health.down().withDetail("book", state).build();
        };
    }
}
