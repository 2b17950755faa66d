package dev.kontor.standalone.tools;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCredential;
import com.mongodb.MongoException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.ReadConcern;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.bson.Document;

/** The database of the sides that run apart: all writes are there on a majority, and nothing else is read. */
final class SidesDatabase implements AutoCloseable {

    private static final String DATABASE = "kontor";

    private final MongoClient client;
    private final MongoDatabase database;
    private final String name;

    private SidesDatabase(MongoClient client, String databaseName, String hosts) {
        this.client = client;
        this.database = client.getDatabase(databaseName)
                .withReadConcern(ReadConcern.MAJORITY)
                .withWriteConcern(WriteConcern.MAJORITY);
        this.name = "MongoDB at %s, database %s".formatted(hosts, databaseName);
    }

    /**
     * @param uri with credentials, or without: then user name and password are in the environment, if there are any
     * @throws UsageException where it is none
     * @throws ToolException where nobody answers within ten seconds, or does not let this in
     */
    static SidesDatabase open(String uri, Arguments arguments, Map<String, String> environment) {
        ConnectionString connection;
        try {
            connection = new ConnectionString(uri);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--mongodb must be like mongodb://host:27017/kontor: " + e.getMessage());
        }
        // As for the sides: what the URI names is for credentials alone.
        String database = arguments
                .option("database")
                .orElseGet(() -> environment.getOrDefault("KONTOR_VIEWS_DATABASE", DATABASE));
        MongoClientSettings.Builder settings = MongoClientSettings.builder()
                .applicationName("kontor-tool")
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(10, TimeUnit.SECONDS))
                .applyToSocketSettings(
                        socket -> socket.connectTimeout(10, TimeUnit.SECONDS).readTimeout(60, TimeUnit.SECONDS))
                .applyConnectionString(connection);
        String user = environment.getOrDefault("SPRING_MONGODB_USERNAME", "");
        if (connection.getCredential() == null && !user.isEmpty()) {
            settings.credential(MongoCredential.createCredential(
                    user,
                    environment.getOrDefault("SPRING_MONGODB_AUTHENTICATION_DATABASE", "admin"),
                    environment.getOrDefault("SPRING_MONGODB_PASSWORD", "").toCharArray()));
        }
        SidesDatabase mongo = new SidesDatabase(
                MongoClients.create(settings.build()), database, String.join(",", connection.getHosts()));
        try {
            mongo.database.runCommand(new Document("ping", 1));
            return mongo;
        } catch (MongoException e) {
            mongo.close();
            String why = switch (e) {
                case MongoSecurityException refused -> "does not take this user and password";
                case MongoTimeoutException away -> "does not answer";
                default -> "cannot be used: " + e.getMessage();
            };
            throw new ToolException("%s %s".formatted(mongo.name, why), e);
        }
    }

    MongoDatabase database() {
        return database;
    }

    /** As sentences name it: without credentials. */
    String name() {
        return name;
    }

    @Override
    public void close() {
        client.close();
    }
}
