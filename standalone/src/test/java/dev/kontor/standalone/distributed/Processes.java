package dev.kontor.standalone.distributed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.KontorProcess;
import dev.kontor.standalone.SharedKontor;
import dev.kontor.standalone.Shop;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Kontor as several processes: the packaged jars, on free ports of the loopback address. */
public final class Processes implements SharedKontor.Target {

    private static final Path NOWHERE = Path.of("not-used");

    private final Servers servers;
    private final Map<String, String> environment;
    private final List<KontorProcess> commandSides = new ArrayList<>();
    private final List<KontorProcess> querySides = new ArrayList<>();
    private KontorProcess gateway;

    private Processes(Servers servers, Map<String, String> environment) {
        this.servers = servers;
        this.environment = environment;
    }

    /** For the tests that share one Kontor. */
    public static SharedKontor.Target shared() {
        return start(Servers.find().orElseThrow(() -> new IllegalStateException(Servers.NONE)), 1);
    }

    /** A number of each side and one gateway, with the demo's accounts and catalog. */
    static Processes start(Servers servers, int ofEachSide) {
        return start(servers, ofEachSide, servers.environment());
    }

    /** The same, with other addresses of the servers for the sides. */
    static Processes start(Servers servers, int ofEachSide, Map<String, String> environment) {
        Processes processes = new Processes(servers, environment);
        for (int i = 0; i < ofEachSide; i++) {
            processes.commandSides.add(processes.begin("command-side", Map.of(), "--kontor.demo=true"));
            processes.querySides.add(processes.begin("query-side", Map.of()));
        }
        processes.commandSides.forEach(KontorProcess::untilReady);
        processes.querySides.forEach(KontorProcess::untilReady);
        processes.gateway = processes
                .begin(
                        "gateway",
                        Map.of(
                                "KONTOR_COMMAND_SIDE", targets(processes.commandSides),
                                "KONTOR_QUERY_SIDE", targets(processes.querySides)),
                        "--management.server.port=0")
                .untilReady();
        DistributedKontor.awaitWell(processes.rest());
        return processes;
    }

    private static String targets(List<KontorProcess> sides) {
        return "list:///" + sides.stream().map(KontorProcess::grpc).collect(Collectors.joining(","));
    }

    private KontorProcess begin(String name, Map<String, String> further, String... arguments) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(further);
        return beginWith(all, name, arguments);
    }

    /** A packaged process with all these settings. */
    static KontorProcess beginWith(Map<String, String> all, String name, String... arguments) {
        return KontorProcess.begin(List.of("-jar", jar(name).toString()), NOWHERE, all, arguments);
    }

    /** As Maven packaged it, beside the module of these tests. */
    static Path jar(String name) {
        Path jar = Path.of(KontorProcess.jar())
                .resolveSibling("../../%s/target/%s-app.jar".formatted(name, name))
                .normalize();
        if (!Files.exists(jar)) {
            throw new IllegalStateException("%s is not packaged: ./mvnw package".formatted(jar));
        }
        return jar;
    }

    @Override
    public URI rest() {
        return gateway.rest();
    }

    KontorProcess commandSide(int index) {
        return commandSides.get(index);
    }

    KontorProcess querySide(int index) {
        return querySides.get(index);
    }

    KontorProcess gateway() {
        return gateway;
    }

    @Override
    public String output() {
        StringBuilder all = new StringBuilder();
        commandSides.forEach(side -> all.append("--- command side\n").append(side.output()));
        querySides.forEach(side -> all.append("--- query side\n").append(side.output()));
        if (gateway != null) {
            all.append("--- gateway\n").append(gateway.output());
        }
        return all.toString();
    }

    @Override
    public void audit(Shop shop) {
        assertThat(AxonServerAudit.of(servers)).contains("CLEAN");
    }

    @Override
    public void close() {
        if (gateway != null) {
            gateway.close();
        }
        commandSides.forEach(KontorProcess::close);
        querySides.forEach(KontorProcess::close);
    }
}
