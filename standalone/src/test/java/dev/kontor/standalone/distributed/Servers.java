package dev.kontor.standalone.distributed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/**
 * The Axon Server and the MongoDB that tests run against: those named in the environment, or containers where Docker is
 * there. Where neither is, these tests are skipped, and say so.
 *
 * <p>{@code KONTOR_TEST_AXONSERVER=host:port} names its gRPC port, {@code KONTOR_TEST_AXONSERVER_HTTP=host:port} the
 * port of its REST API, {@code KONTOR_TEST_MONGODB=mongodb://...} a MongoDB. Without the last one a server that speaks
 * MongoDB's protocol is started, and the tests say so as well: it is not MongoDB.
 */
final class Servers {

    static final String NONE =
            "There is no Axon Server to test against: set KONTOR_TEST_AXONSERVER=host:port, or start Docker";

    private static final String AXON_SERVER_IMAGE = "axoniq/axonserver:"
            + System.getenv().getOrDefault("KONTOR_TEST_AXONSERVER_TAG", "2024.2.4-jdk-17-nonroot");
    private static final String MONGODB_IMAGE =
            "mongo:" + System.getenv().getOrDefault("KONTOR_TEST_MONGODB_TAG", "8.0");
    private static final Duration UNTIL_UP = Duration.ofMinutes(3);

    private static Optional<Servers> found;

    private final String axonServer;
    private final URI axonServerHttp;
    private final String mongo;
    private final Map<String, String> keys =
            Map.of("KONTOR_MASTER_KEY", key(), "KONTOR_SIGNING_MASTER_KEY", key(), "KONTOR_GATEWAY_KEY", key());
    private volatile String database = "kontor-" + UUID.randomUUID();

    private Servers(String axonServer, URI axonServerHttp, String mongo) {
        this.axonServer = axonServer;
        this.axonServerHttp = axonServerHttp;
        this.mongo = mongo;
    }

    /** Looked up once; empty if there are none. */
    static synchronized Optional<Servers> find() {
        if (found == null) {
            found = Optional.ofNullable(named()).or(() -> Optional.ofNullable(contained()));
            found.ifPresentOrElse(
                    servers -> System.err.printf(
                            "Tested against Axon Server at %s and MongoDB at %s%n", servers.axonServer, servers.mongo),
                    () -> System.err.println(NONE));
        }
        return found;
    }

    private static Servers named() {
        String axonServer = System.getenv("KONTOR_TEST_AXONSERVER");
        if (axonServer == null) {
            return null;
        }
        String http = System.getenv("KONTOR_TEST_AXONSERVER_HTTP");
        String mongo = System.getenv("KONTOR_TEST_MONGODB");
        if (mongo == null) {
            System.err.println("KONTOR_TEST_MONGODB is not set: in place of MongoDB there is mongo-java-server");
            mongo = "mongodb://127.0.0.1:" + MongoProcess.start().port();
        }
        return new Servers(axonServer, http == null ? null : URI.create("http://" + http), mongo);
    }

    private static Servers contained() {
        // Asked first: if there is no Docker, looking for it takes seconds and says pages.
        boolean mayBe = System.getenv("DOCKER_HOST") != null || Files.exists(Path.of("/var/run/docker.sock"));
        if (!mayBe || !DockerClientFactory.instance().isDockerAvailable()) {
            return null;
        }
        GenericContainer<?> axonServer = new GenericContainer<>(AXON_SERVER_IMAGE)
                .withExposedPorts(8024, 8124)
                .withEnv("AXONIQ_AXONSERVER_STANDALONE", "true")
                .waitingFor(Wait.forHttp("/actuator/health").forPort(8024).withStartupTimeout(UNTIL_UP));
        axonServer.start();
        GenericContainer<?> mongo = new GenericContainer<>(MONGODB_IMAGE)
                .withExposedPorts(27017)
                .waitingFor(Wait.forLogMessage(".*Waiting for connections.*", 1).withStartupTimeout(UNTIL_UP));
        mongo.start();
        return new Servers(
                axonServer.getHost() + ":" + axonServer.getMappedPort(8124),
                URI.create("http://" + axonServer.getHost() + ":" + axonServer.getMappedPort(8024)),
                "mongodb://" + mongo.getHost() + ":" + mongo.getMappedPort(27017));
    }

    private static String key() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    /** Empties an Axon Server in development mode, and begins a new database. Any other is not changed. */
    void empty() {
        if (axonServerHttp == null) {
            return;
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest purge = HttpRequest.newBuilder(axonServerHttp.resolve("/v1/devmode/purge-events"))
                    .DELETE()
                    .build();
            if (client.send(purge, BodyHandlers.discarding()).statusCode() == 200) {
                database = "kontor-" + UUID.randomUUID();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A side's settings for them, and for the keys that all sides share. */
    Map<String, String> environment() {
        return Map.of(
                "AXON_AXONSERVER_SERVERS",
                axonServer,
                "SPRING_MONGODB_URI",
                mongo,
                "KONTOR_VIEWS_DATABASE",
                database,
                "KONTOR_MASTER_KEY",
                keys.get("KONTOR_MASTER_KEY"),
                "KONTOR_SIGNING_MASTER_KEY",
                keys.get("KONTOR_SIGNING_MASTER_KEY"),
                "KONTOR_GATEWAY_KEY",
                keys.get("KONTOR_GATEWAY_KEY"));
    }

    String axonServer() {
        return axonServer;
    }

    /** The REST API behind Axon Server's dashboard; empty if it is not configured. */
    Optional<URI> axonServerHttp() {
        return Optional.ofNullable(axonServerHttp);
    }

    String mongo() {
        return mongo;
    }

    String database() {
        return database;
    }
}
