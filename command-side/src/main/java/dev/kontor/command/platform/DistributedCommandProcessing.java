package dev.kontor.command.platform;

import com.mongodb.client.MongoDatabase;
import dev.kontor.side.platform.ClusterMember;
import dev.kontor.side.platform.MongoLetters;
import dev.kontor.side.platform.SharedTokens;
import dev.kontor.side.platform.SpringProfiles;
import java.time.Clock;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.modelling.saga.repository.SagaStore;
import org.axonframework.serialization.Serializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** The stores of tokens and sagas for a command side with several instances. */
@Configuration(proxyBeanMethods = false)
@Profile(SpringProfiles.DISTRIBUTED)
class DistributedCommandProcessing {

    static final String TOKENS = "command_tokens";
    /** The collection of the dead letters of policies and sagas. */
    static final String LETTERS = "command_letters";

    @Bean
    ClusterMember instance(Clock clock) {
        return ClusterMember.start("command-side", clock);
    }

    @Bean
    SharedTokens sharedTokens(MongoDatabase database, Serializer serializer, ClusterMember instance) {
        return new SharedTokens(database, TOKENS, serializer, instance);
    }

    @Bean
    TokenStore commandTokenStore(SharedTokens tokens) {
        return tokens.store();
    }

    @Bean(CommandLetters.STORE)
    MongoLetters commandLetterStore(MongoDatabase database) {
        return new MongoLetters(database, LETTERS);
    }

    @Bean
    SagaStore<Object> sagaStore(MongoDatabase database, Serializer serializer) {
        return new MongoSagas(database, serializer);
    }
}
