package dev.kontor.query.operations;

import com.mongodb.client.MongoDatabase;
import dev.kontor.query.platform.MongoViewStore;
import dev.kontor.query.platform.ViewStore;
import dev.kontor.query.platform.Views;
import dev.kontor.side.platform.ClusterMember;
import dev.kontor.side.platform.ClusterMembers;
import dev.kontor.side.platform.SharedTokens;
import dev.kontor.side.platform.SpringProfiles;
import java.time.Clock;
import org.axonframework.serialization.Serializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Profile;

/** Configures several query sides that feed the same views. */
@Configuration(proxyBeanMethods = false)
@Profile(SpringProfiles.DISTRIBUTED)
class DistributedViewProcessing {

    /** The collection of the views' tokens. */
    static final String TOKENS = "view_tokens";

    @Bean
    ClusterMember instance(Clock clock) {
        return ClusterMember.start("query-side", clock);
    }

    @Bean
    SharedTokens sharedTokens(MongoDatabase database, Serializer serializer, ClusterMember instance) {
        return new SharedTokens(database, TOKENS, serializer, instance);
    }

    @Bean
    ViewStore viewStore(MongoDatabase database, SharedTokens tokens) {
        return new MongoViewStore(database, tokens);
    }

    @Bean
    @Primary
    SharedRebuilds rebuilds(
            MongoDatabase database,
            LocalRebuilds local,
            Processors processors,
            Views views,
            ViewStore store,
            ClusterMember self,
            ClusterMembers instances,
            Clock clock) {
        RebuildRecords notes = new RebuildRecords(database, clock);
        return new SharedRebuilds(
                notes, new LocalViewRebuilds(local, notes, views.local()), processors, views, store, self, instances);
    }
}
