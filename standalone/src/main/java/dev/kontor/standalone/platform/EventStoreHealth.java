package dev.kontor.standalone.platform;

import dev.kontor.store.EmbeddedStore;
import dev.kontor.store.StoreState;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Down after a failed write: only a restart helps. A full disk is not down: reads continue, and writes resume. */
@Component("eventStoreHealthIndicator")
class EventStoreHealth implements HealthIndicator {

    private final EmbeddedStore store;

    EventStoreHealth(EmbeddedStore store) {
        this.store = store;
    }

    @Override
    public Health health() {
        StoreState state = store.state();
        return switch (state) {
            case OPEN, FULL -> Health.up().withDetail("state", state).build();
            case STOPPED, CLOSED -> Health.down().withDetail("state", state).build();
        };
    }
}
