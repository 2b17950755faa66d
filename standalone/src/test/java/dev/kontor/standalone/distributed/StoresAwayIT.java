package dev.kontor.standalone.distributed;

import static dev.kontor.standalone.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.KontorProcess;
import dev.kontor.testsupport.CuttingProxy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes that start while their stores are unavailable: the packaged jars, with stores that start later. */
class StoresAwayIT {

    private static final Duration SOON = Duration.ofSeconds(600);
    private static final Duration A_WHILE = Duration.ofSeconds(15);
    private static final int NOWHERE = 1;
    private static final String PASSWORD = "nobody-may-read-this";
    static final Map<String, String> KEYS =
            Map.of("KONTOR_MASTER_KEY", key(), "KONTOR_SIGNING_MASTER_KEY", key(), "KONTOR_GATEWAY_KEY", key());

    private static String key() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    private static KontorProcess begin(String name, String... arguments) {
        return KontorProcess.begin(
                List.of("-jar", Processes.jar(name).toString()), Path.of("not-used"), KEYS, arguments);
    }

    record Told(int status, String body) {

        static Told at(int port, String probe) {
            URI health = URI.create("http://127.0.0.1:%d/actuator/health/%s".formatted(port, probe));
            try (HttpClient client = HttpClient.newHttpClient()) {
                HttpResponse<String> answer = client.send(
                        HttpRequest.newBuilder(health)
                                .timeout(Duration.ofSeconds(5))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                return new Told(answer.statusCode(), answer.body());
            } catch (IOException notListening) {
                return new Told(0, notListening.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    /** One for each store and one when it is there, and for each store one a minute. */
    private static void hasFewLines(KontorProcess process, long begin) {
        long minutes = Duration.ofNanos(System.nanoTime() - begin).toMinutes();
        assertThat(process.output().lines().count()).as(process.output()).isLessThanOrEqualTo(8 + 2 * minutes);
    }

    private static void letAWhilePass() {
        long end = System.nanoTime() + A_WHILE.toNanos();
        eventually(SOON, "a while is over", () -> System.nanoTime() >= end);
    }

    @ParameterizedTest
    @ValueSource(strings = {"command-side", "query-side"})
    void a_side_without_its_stores_is_alive_is_not_ready_and_names_what_is_missing(String side) {
        int health = FreePort.find();
        long begin = System.nanoTime();
        try (MongoProcess mongo = MongoProcess.start();
                CuttingProxy toMongo = new CuttingProxy(mongo.port())) {
            toMongo.cut();
            String mongoDb = "MongoDB at 127.0.0.1:" + toMongo.port();
            try (KontorProcess process = begin(
                    side,
                    "--server.port=" + health,
                    "--axon.axonserver.servers=127.0.0.1:" + NOWHERE,
                    "--spring.mongodb.uri=mongodb://127.0.0.1:" + toMongo.port() + "/kontor")) {
                eventually(
                        SOON, "it is alive", () -> Told.at(health, "liveness").status() == 200);

                String axonServer = "Axon Server at 127.0.0.1:" + NOWHERE;
                // Each store is missing from the moment on at which the process has looked for it in vain.
                eventually(SOON, "it is not ready and names both", () -> {
                    Told ready = Told.at(health, "readiness");
                    return ready.status() == 503
                            && ready.body().contains(mongoDb)
                            && ready.body().contains(axonServer);
                });
                eventually(SOON, "it says so", () -> process.output().contains("waiting for " + mongoDb));

                toMongo.restore();
                eventually(
                        SOON,
                        "MongoDB is found",
                        () -> !Told.at(health, "readiness").body().contains(mongoDb));
                Told ready = Told.at(health, "readiness");
                assertThat(ready.status()).isEqualTo(503);
                assertThat(ready.body()).contains(axonServer);
                assertThat(Told.at(health, "liveness").status()).isEqualTo(200);
                letAWhilePass();
                hasFewLines(process, begin);

                process.stop();
                process.exitCode(SOON);
                assertThat(process.output()).doesNotContain("\tat ");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"command-side", "query-side"})
    void the_address_of_a_store_is_reported_and_its_password_never(String side) {
        int health = FreePort.find();
        long begin = System.nanoTime();
        try (KontorProcess process = begin(
                side,
                "--server.port=" + health,
                "--axon.axonserver.servers=127.0.0.1:" + NOWHERE,
                "--spring.mongodb.uri=mongodb://kontor:" + PASSWORD + "@127.0.0.2:" + NOWHERE + "/kontor")) {
            eventually(SOON, "it says so", () -> process.output().contains("waiting for MongoDB at 127.0.0.2:1"));
            letAWhilePass();

            hasFewLines(process, begin);
            assertThat(process.output()).doesNotContain(PASSWORD);
            assertThat(Told.at(health, "readiness").body())
                    .contains("127.0.0.2:1")
                    .doesNotContain(PASSWORD);
        }
    }

    @Test
    void a_gateway_without_sides_reports_it_in_a_few_lines() {
        int health = FreePort.find();
        long begin = System.nanoTime();
        try (KontorProcess process = begin(
                "gateway",
                "--management.server.port=" + health,
                "--kontor.command-side=dns:///nowhere.invalid:9091",
                "--kontor.query-side=list:///127.0.0.1:" + NOWHERE)) {
            eventually(SOON, "it says so", () -> process.output().contains("gateway waits for one of the sides"));
            letAWhilePass();

            hasFewLines(process, begin);
            assertThat(process.output()).contains("nowhere.invalid");
        }
    }
}
