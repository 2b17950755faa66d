package dev.kontor.standalone.distributed;

import static dev.kontor.standalone.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.Client;
import dev.kontor.standalone.KontorProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Runs the instructions of docs/distributed.md for a second instance on one machine, literally except for the ports.
 */
class SecondInstanceIT {

    /** A start takes a few seconds, and minutes where others load the machine: here are five processes at once. */
    private static final Duration SOON = Duration.ofSeconds(600);

    private static final Pattern PORT = Pattern.compile("(?<=[:=])[89]\\d{3}\\b");

    /** The documented port, and the free one in its place. */
    private final Map<String, String> ports = new HashMap<>();

    private final List<KontorProcess> running = new ArrayList<>();

    @AfterEach
    void end() {
        running.forEach(KontorProcess::close);
    }

    private static List<String> documented() {
        String page;
        try {
            page = Files.readString(Path.of("..", "docs", "distributed.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String section = page.substring(page.indexOf("## A second instance on one machine"));
        String block = section.substring(section.indexOf("```sh") + 5);
        return block.substring(0, block.indexOf("```"))
                .lines()
                .filter(line -> line.startsWith("./kontor "))
                .toList();
    }

    private String port(String documented) {
        return ports.computeIfAbsent(documented, port -> Integer.toString(FreePort.find()));
    }

    private void begin(String line, Map<String, String> environment, String... further) {
        String replaced = PORT.matcher(line).replaceAll(port -> port(port.group()));
        List<String> words = new ArrayList<>(Arrays.asList(replaced.split(" ")));
        words.removeFirst();
        String name = words.removeFirst();
        words.addAll(List.of(further));
        running.add(KontorProcess.begin(
                List.of("-jar", Processes.jar(name).toString()),
                Path.of("not-used"),
                environment,
                words.toArray(String[]::new)));
    }

    private void beginTheFirst(Map<String, String> environment) {
        begin(
                "./kontor command-side --spring.grpc.server.port=9091 --server.port=8091 --kontor.demo=true",
                environment);
        begin("./kontor query-side --spring.grpc.server.port=9092 --server.port=8092", environment);
    }

    private int health(String documentedPort, String probe) {
        return StoresAwayIT.Told.at(Integer.parseInt(port(documentedPort)), probe)
                .status();
    }

    /** Without stores all of them wait; their health shows that they run beside each other. */
    @Test
    void the_lines_start_second_instances_beside_the_first() {
        List<String> lines = documented();
        assertThat(lines).hasSize(3);
        Map<String, String> alone = new HashMap<>(StoresAwayIT.KEYS);
        alone.put("AXON_AXONSERVER_SERVERS", "127.0.0.1:1");
        alone.put("SPRING_MONGODB_URI", "mongodb://127.0.0.1:1/kontor");
        beginTheFirst(alone);

        String management = Integer.toString(FreePort.find());
        begin(lines.get(0), alone);
        begin(lines.get(1), alone);
        begin(lines.get(2), alone, "--management.server.port=" + management);

        for (String port : List.of("8091", "8092", "8191", "8192")) {
            eventually(SOON, "the one with its health at " + port, () -> health(port, "liveness") == 200);
        }
        eventually(
                SOON,
                "the gateway is alive",
                () -> StoresAwayIT.Told.at(Integer.parseInt(management), "liveness")
                                .status()
                        == 200);
        assertThat(running).allMatch(KontorProcess::isAlive);
    }

    @Test
    @OnAxonServer
    void the_gateway_of_the_lines_calls_both_instances() {
        List<String> lines = documented();
        Map<String, String> environment = Servers.find().orElseThrow().environment();
        beginTheFirst(environment);
        begin(lines.get(0), environment);
        begin(lines.get(1), environment);
        begin(lines.get(2), environment, "--management.server.port=0");
        for (String port : List.of("8091", "8092", "8191", "8192")) {
            eventually(SOON, "the one with its health at " + port, () -> health(port, "readiness") == 200);
        }
        URI rest = running.getLast().untilReady().rest();
        DistributedKontor.awaitWell(rest);

        // The first ones end: from now on the second ones answer.
        running.get(0).kill();
        running.get(1).kill();

        DistributedKontor.awaitWell(rest);
        assertThat(Client.anonymous(rest).get("/api/v1/catalog/products").status())
                .isEqualTo(200);
    }
}
