package dev.kontor.query;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import dev.kontor.api.customer.MemoryKeyRing;
import dev.kontor.api.customer.PersonalData;
import dev.kontor.api.storage.StoredJson;
import dev.kontor.api.storage.StoredTypes;
import dev.kontor.grpc.identity.RevocationList;
import dev.kontor.grpc.identity.TokenVerifier;
import dev.kontor.query.platform.MongoViewStore;
import dev.kontor.side.platform.ClusterMember;
import dev.kontor.side.platform.ProcessorPauses;
import dev.kontor.side.platform.SharedTokens;
import dev.kontor.side.platform.StorePreparation;
import dev.kontor.store.EmbeddedStore;
import dev.kontor.testsupport.MemoryMongo;
import dev.kontor.testsupport.TokenForge;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.Optional;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;

/** The beans that the query side expects from its application. Registered by name, not found by scanning. */
@EnableAutoConfiguration
@Import(QuerySide.class)
class TestApplication {

    /** As a side does at start. */
    @Bean
    SmartInitializingSingleton prepared(ObjectProvider<StorePreparation> preparations) {
        return () -> preparations.orderedStream().forEach(StorePreparation::prepare);
    }

    @Bean
    EmbeddedStore store() throws IOException {
        return EmbeddedStore.open(Files.createTempDirectory("query-side"));
    }

    @Bean
    EventStore eventStore(EmbeddedStore store, Serializer serializer) {
        return TestLog.eventStore(store, serializer);
    }

    @Bean
    @Primary // Axon's auto-configuration names it again, for events and for messages
    Serializer serializer() {
        return StoredJson.of(StoredTypes.events());
    }

    @Bean
    TransactionManager transactionManager() {
        return NoTransactionManager.instance();
    }

    @Bean
    MemoryMongo mongo() {
        return new MemoryMongo();
    }

    @Bean
    Finds finds() {
        return new Finds();
    }

    @Bean
    MongoClient mongoClient(MemoryMongo mongo, Finds finds) {
        return MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(mongo.uri()))
                .addCommandListener(finds)
                .build());
    }

    @Bean
    MongoDatabase mongoDatabase(MongoClient client) {
        return client.getDatabase("kontor");
    }

    @Bean
    BreakableViewStore viewStore(MongoDatabase database, Serializer serializer) {
        ClusterMember self = ClusterMember.start("query-side", Clock.systemUTC());
        return new BreakableViewStore(
                new MongoViewStore(database, new SharedTokens(database, "view_tokens", serializer, self)));
    }

    @Bean
    ProcessorPauses processorPauses() {
        return ProcessorPauses.none();
    }

    @Bean
    SearchFolder searchFolder() throws IOException {
        return SearchFolder.temporary();
    }

    @Bean
    RevocationList revocationList() {
        return new RevocationList(System::nanoTime);
    }

    @Bean
    TokenVerifier sideTokenVerifier(RevocationList revocations) {
        return new TokenVerifier(id -> Optional.of(TokenForge.publicKey()), revocations, Clock.systemUTC());
    }

    @Bean
    PersonalData personalData() {
        return new PersonalData(new MemoryKeyRing(), new byte[32]);
    }
}
