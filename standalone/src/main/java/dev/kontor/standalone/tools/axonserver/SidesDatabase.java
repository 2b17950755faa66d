package dev.kontor.standalone.tools.axonserver;

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
import dev.kontor.standalone.tools.console.Arguments;
import dev.kontor.standalone.tools.console.ToolException;
import dev.kontor.standalone.tools.console.UsageException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.bson.Document;

/** The database of separate sides: writes wait for a majority, and reads see only such writes. */
public final class SidesDatabase implements AutoCloseable {

    /** The query side's collection of tokens, one of each view and segment. */
    public static final String VIEW_TOKENS = "view_tokens";

    public static final String VIEW_LETTERS = "view_letters";
    public static final String COMMAND_LETTERS = "command_letters";

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
     * @param uri with credentials, or without: then the environment may have user name and password
     * @throws UsageException for an invalid URI
     * @throws ToolException where there is no answer within ten seconds, or access is denied
     */
    public static SidesDatabase open(String uri, Arguments arguments, Map<String, String> environment) {
        ConnectionString connection;
        try {
            connection = new ConnectionString(uri);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--mongodb must be like mongodb://host:27017/kontor: " + e.getMessage());
        }
        // As for the sides: the database in the URI is for credentials only.
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
                case MongoSecurityException refused -> "rejects this user and password";
                case MongoTimeoutException away -> "does not answer";
                default -> "cannot be used: " + e.getMessage();
            };
            throw new ToolException("%s %s".formatted(mongo.name, why), e);
        }
    }

    public MongoDatabase database() {
        return database;
    }

    /** Its name in messages, without credentials. */
    public String name() {
        return name;
    }

    @Override
    public void close() {
        client.close();
    }
}
