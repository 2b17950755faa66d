package dev.kontor.query.operations;

import com.mongodb.client.MongoDatabase;
import dev.kontor.query.ViewStore;
import dev.kontor.side.operations.Instance;
import dev.kontor.side.operations.Instances;
import dev.kontor.side.operations.Profiles;
import dev.kontor.side.operations.SharedTokens;
import java.time.Clock;
import org.axonframework.serialization.Serializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** How several query sides feed the same views. */
@Configuration(proxyBeanMethods = false)
@Profile(Profiles.DISTRIBUTED)
class DistributedProcessing {

    @Bean
    Instance instance(Clock clock) {
        return Instance.start("query-side", clock);
    }

    @Bean
    SharedTokens sharedTokens(MongoDatabase database, Serializer serializer, Instance instance) {
        return new SharedTokens(database, ViewStore.TOKENS, serializer, instance);
    }

    @Bean
    SharedRebuilds rebuilds(
            MongoDatabase database,
            Processors processors,
            ViewStore store,
            Instance self,
            Instances instances,
            Clock clock) {
        return new SharedRebuilds(new RebuildNotes(database, clock), processors, store, self, instances);
    }
}
