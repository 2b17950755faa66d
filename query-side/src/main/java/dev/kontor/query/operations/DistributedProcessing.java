package dev.kontor.query.operations;

import com.mongodb.client.MongoDatabase;
import dev.kontor.query.platform.MongoViewStore;
import dev.kontor.query.platform.ViewStore;
import dev.kontor.query.platform.Views;
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

    /** The collection of the views' tokens. */
    static final String TOKENS = "view_tokens";

    @Bean
    Instance instance(Clock clock) {
        return Instance.start("query-side", clock);
    }

    @Bean
    SharedTokens sharedTokens(MongoDatabase database, Serializer serializer, Instance instance) {
        return new SharedTokens(database, TOKENS, serializer, instance);
    }

    @Bean
    ViewStore viewStore(MongoDatabase database, SharedTokens tokens) {
        return new MongoViewStore(database, tokens);
    }

    @Bean
    SharedRebuilds rebuilds(
            MongoDatabase database,
            Processors processors,
            Views views,
            ViewStore store,
            Instance self,
            Instances instances,
            Clock clock) {
        return new SharedRebuilds(new RebuildNotes(database, clock), processors, views, store, self, instances);
    }
}
