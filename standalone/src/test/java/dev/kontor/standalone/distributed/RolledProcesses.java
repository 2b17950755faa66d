package dev.kontor.standalone.distributed;

import dev.kontor.standalone.KontorProcess;
import dev.kontor.testsupport.CuttingProxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Two processes of each side and two gateways, each behind an address that stays while its process is replaced by
 * another version. Clients call the address of one gateway.
 */
final class RolledProcesses implements AutoCloseable {

    private static final Duration UNTIL_ENDED = Duration.ofMinutes(1);
    private static final int NOWHERE = 1;

    /** The packaged jars of one version. */
    interface Version {

        Path jar(String part);
    }

    /** One process, of one version after the other. */
    static final class Instance implements AutoCloseable {

        private final String part;
        private final Map<String, String> environment;
        private final List<String> arguments;
        private final CuttingProxy address = new CuttingProxy(NOWHERE);
        private KontorProcess process;

        private Instance(String part, Map<String, String> environment, String... arguments) {
            this.part = part;
            this.environment = environment;
            this.arguments = List.of(arguments);
        }

        private Instance begin(Version version) {
            process = KontorProcess.begin(
                    List.of("-jar", version.jar(part).toString()),
                    Path.of("not-used"),
                    environment,
                    arguments.toArray(String[]::new));
            return this;
        }

        private void untilReady() {
            process.untilReady();
            address.leadTo(port());
        }

        private int port() {
            return part.equals("gateway")
                    ? process.rest().getPort()
                    : URI.create("grpc://" + process.grpc()).getPort();
        }

        /** Stops it as an operator does, and starts the version in its place. */
        void replaceBy(Version version) {
            process.stop();
            process.exitCode(UNTIL_ENDED);
            begin(version).untilReady();
        }

        @Override
        public String toString() {
            return part + " at " + address.port();
        }

        @Override
        public void close() {
            if (process != null) {
                process.close();
            }
            address.close();
        }
    }

    private final List<Instance> sides = new ArrayList<>();
    private final List<Instance> gateways = new ArrayList<>();
    /** What the clients call: it leads to one of the gateways. */
    private final CuttingProxy front = new CuttingProxy(NOWHERE);

    private RolledProcesses() {}

    static RolledProcesses start(Servers servers, Version version) {
        RolledProcesses processes = new RolledProcesses();
        for (String part : List.of("command-side", "query-side", "command-side", "query-side")) {
            String[] arguments = part.equals("command-side") ? new String[] {"--kontor.demo=true"} : new String[0];
            processes.sides.add(new Instance(part, servers.environment(), arguments).begin(version));
        }
        processes.sides.forEach(Instance::untilReady);
        Map<String, String> environment = new HashMap<>(servers.environment());
        environment.put("KONTOR_COMMAND_SIDE", processes.targets("command-side"));
        environment.put("KONTOR_QUERY_SIDE", processes.targets("query-side"));
        for (int i = 0; i < 2; i++) {
            processes.gateways.add(new Instance("gateway", environment, "--management.server.port=0").begin(version));
        }
        processes.gateways.forEach(Instance::untilReady);
        processes.clientsCall(0);
        DistributedKontor.awaitWell(processes.rest());
        return processes;
    }

    private String targets(String part) {
        return "list:///"
                + sides.stream()
                        .filter(side -> side.part.equals(part))
                        .map(side -> "127.0.0.1:" + side.address.port())
                        .collect(Collectors.joining(","));
    }

    private void clientsCall(int gateway) {
        front.leadTo(gateways.get(gateway).port());
    }

    /** Clients call the other gateway meanwhile; connections that they have end. */
    void replaceGateway(int gateway, Version version) {
        clientsCall(1 - gateway);
        gateways.get(gateway).replaceBy(version);
    }

    List<Instance> sides() {
        return sides;
    }

    URI rest() {
        return URI.create("http://127.0.0.1:" + front.port());
    }

    @Override
    public void close() {
        front.close();
        gateways.forEach(Instance::close);
        sides.forEach(Instance::close);
    }
}
