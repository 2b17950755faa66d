package dev.kontor.command.operations;

import dev.kontor.api.operations.StoredTypes;
import dev.kontor.command.CommandSide;
import dev.kontor.side.operations.Profiles;
import org.axonframework.eventsourcing.snapshotting.SnapshotFilter;
import org.axonframework.serialization.Serializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

@Configuration(proxyBeanMethods = false)
@Profile(Profiles.DISTRIBUTED)
class DistributedCommandSide {

    @Bean
    StoredTypes storedTypes() {
        return StoredTypes.with(CommandSide.STORED);
    }

    @Bean
    SnapshotFilter snapshotFilter(Serializer serializer) {
        return new TodaysSnapshots(CommandSide.STORED.values(), serializer);
    }
}
