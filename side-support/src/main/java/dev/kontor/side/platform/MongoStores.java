package dev.kontor.side.platform;

import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.ServerAddress;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import com.mongodb.connection.ClusterSettings;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.bson.Document;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.mongodb.autoconfigure.MongoClientFactory;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** The MongoDB client, as {@code spring.mongodb.*} configures it. */
@Configuration(proxyBeanMethods = false)
@Profile(SpringProfiles.DISTRIBUTED)
class MongoStores {

    private static final int OPERATION_SECONDS = 5;
    /** How long a call waits for a primary. Shorter than an election: clients are asked to retry. */
    private static final int SELECTION_SECONDS = 2;

    private static final int PING_MILLIS = 1_000;
    private static final Document PING = new Document("ping", 1);

    /**
     * Majority writes and reads: acknowledged data survives a change of the primary, and only such data is read. No
     * call takes longer than 5 s for all of its tries.
     */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    MongoClientSettingsBuilderCustomizer mongoPromises() {
        return settings -> settings.writeConcern(WriteConcern.MAJORITY)
                .readConcern(ReadConcern.MAJORITY)
                .readPreference(ReadPreference.primary())
                .timeout(OPERATION_SECONDS, TimeUnit.SECONDS)
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(SELECTION_SECONDS, TimeUnit.SECONDS));
    }

    @Bean
    MongoClient mongoClient(
            MongoClientSettings settings, ObjectProvider<MongoClientSettingsBuilderCustomizer> customizers) {
        return TypedMongoClient.of(
                new MongoClientFactory(customizers.orderedStream().toList()).createMongoClient(settings));
    }

    @Bean
    @Order(1)
    StartupDependency neededMongo(MongoClient client) {
        ClusterSettings cluster = client.getClusterDescription().getClusterSettings();
        String where = cluster.getSrvHost() != null
                ? cluster.getSrvHost()
                : cluster.getHosts().stream().map(ServerAddress::toString).collect(Collectors.joining(","));
        return new StartupDependency("MongoDB at " + where, () -> isThere(client));
    }

    @Bean
    MongoDatabase mongoDatabase(MongoClient client, @Value("${kontor.views.database}") String database) {
        return client.getDatabase(database);
    }

    /** Ready while MongoDB answers. */
    @Bean
    HealthIndicator mongoHealthIndicator(MongoClient client) {
        return () -> {
            try {
                return isThere(client)
                        ? Health.up().build()
                        : Health.outOfService().build();
            } catch (MongoException away) {
                return Health.outOfService().build();
            }
        };
    }

    private static boolean isThere(MongoClient client) {
        return client.withTimeout(PING_MILLIS, TimeUnit.MILLISECONDS)
                .getDatabase("admin")
                .runCommand(PING)
                .containsKey("ok");
    }
}
