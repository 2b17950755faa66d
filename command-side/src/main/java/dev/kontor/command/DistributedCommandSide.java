package dev.kontor.command;

import dev.kontor.api.storage.StoredTypes;
import dev.kontor.command.platform.CurrentRevisionSnapshotFilter;
import dev.kontor.side.platform.SpringProfiles;
import org.axonframework.eventsourcing.snapshotting.SnapshotFilter;
import org.axonframework.serialization.Serializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

@Configuration(proxyBeanMethods = false)
@Profile(SpringProfiles.DISTRIBUTED)
class DistributedCommandSide {

    @Bean
    StoredTypes storedTypes() {
        return StoredTypes.with(CommandSide.STORED);
    }

    @Bean
    SnapshotFilter snapshotFilter(Serializer serializer) {
        return new CurrentRevisionSnapshotFilter(CommandSide.STORED.values(), serializer);
    }
}
