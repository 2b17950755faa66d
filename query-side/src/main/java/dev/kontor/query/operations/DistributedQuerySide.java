package dev.kontor.query.operations;

import dev.kontor.api.storage.StoredTypes;
import dev.kontor.query.SearchFolder;
import dev.kontor.query.SearchSettings;
import dev.kontor.side.identity.LoggedKeys;
import dev.kontor.side.identity.SideKeys;
import dev.kontor.side.platform.SpringProfiles;
import dev.kontor.side.platform.StorePreparation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

@Configuration(proxyBeanMethods = false)
@Profile(SpringProfiles.DISTRIBUTED)
class DistributedQuerySide {

    @Bean
    StoredTypes storedTypes() {
        return StoredTypes.events();
    }

    /** A temporary folder where none is given: then the index is read from the log at each start. */
    @Bean
    SearchFolder searchFolder(SearchSettings settings) throws IOException {
        return settings.folder() == null
                ? SearchFolder.temporary()
                : new SearchFolder(Path.of(settings.folder()).toAbsolutePath());
    }

    /** Does not ask the command side: reads continue while it is down. */
    @Bean
    SideKeys sideKeys(EventStore log, Clock clock) {
        return new LoggedKeys(log, clock);
    }

    @Bean
    StorePreparation signingKeysAreRead(SideKeys keys) {
        return keys::refresh;
    }

    /** Ready only when every view has shown the log as of the start: before, a read could miss acknowledged events. */
    @Bean
    HealthIndicator viewsHealthIndicator(ViewProgress progress, SharedRebuilds rebuilds) {
        return () -> progress.caughtUp() && rebuilds.areAllShown()
                ? Health.up().build()
                : Health.outOfService().build();
    }
}
