package dev.kontor.standalone.distributed;

import dev.kontor.standalone.KontorProcess;
import dev.kontor.testsupport.CuttingProxy;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** Two processes of each side and a gateway. Every connection to and from a side can be cut separately. */
final class DisturbedProcesses implements AutoCloseable {

    private static final int NOWHERE = 1;

    /** One process of a side, which restarts at the same address after a kill. */
    static final class Side implements AutoCloseable {

        private final String name;
        private final Map<String, String> environment;
        private final CuttingProxy toIt = new CuttingProxy(NOWHERE);
        private final CuttingProxy toAxonServer;
        private KontorProcess process;

        Side(String name, Servers servers) {
            this.name = name;
            this.toAxonServer = new CuttingProxy(
                    URI.create("grpc://" + servers.axonServer()).getPort());
            this.environment = new HashMap<>(servers.environment());
            environment.put("AXON_AXONSERVER_SERVERS", "127.0.0.1:" + toAxonServer.port());
        }

        Side begin() {
            String[] further = name.equals("command-side") ? new String[] {"--kontor.demo=true"} : new String[0];
            process = Processes.beginWith(environment, name, further);
            return this;
        }

        Side untilReady() {
            process.untilReady();
            toIt.leadTo(URI.create("grpc://" + process.grpc()).getPort());
            return this;
        }

        void kill() {
            process.close();
        }

        /** As by {@code SIGSTOP} and {@code SIGCONT}: it does nothing, and its connections stay. */
        void pausedFor(Duration pause) {
            process.signal("STOP");
            LockSupport.parkNanos(pause.toNanos());
            process.signal("CONT");
        }

        List<CuttingProxy> wires() {
            return List.of(toIt, toAxonServer);
        }

        @Override
        public String toString() {
            return name + " at " + toIt.port();
        }

        @Override
        public void close() {
            process.close();
            wires().forEach(CuttingProxy::close);
        }
    }

    private final List<Side> sides = new ArrayList<>();
    private KontorProcess gateway;

    private DisturbedProcesses() {}

    static DisturbedProcesses start(Servers servers) {
        DisturbedProcesses processes = new DisturbedProcesses();
        for (String name : List.of("command-side", "query-side", "command-side", "query-side")) {
            processes.sides.add(new Side(name, servers).begin());
        }
        processes.sides.forEach(Side::untilReady);
        Map<String, String> gateways = new HashMap<>(servers.environment());
        gateways.put("KONTOR_COMMAND_SIDE", processes.targets("command-side"));
        gateways.put("KONTOR_QUERY_SIDE", processes.targets("query-side"));
        processes.gateway = Processes.beginWith(gateways, "gateway", "--management.server.port=0")
                .untilReady();
        DistributedKontor.awaitWell(processes.rest());
        return processes;
    }

    private String targets(String name) {
        return "list:///"
                + sides.stream()
                        .filter(side -> side.name.equals(name))
                        .map(side -> "127.0.0.1:" + side.toIt.port())
                        .collect(Collectors.joining(","));
    }

    List<Side> sides() {
        return sides;
    }

    URI rest() {
        return gateway.rest();
    }

    @Override
    public void close() {
        if (gateway != null) {
            gateway.close();
        }
        sides.forEach(Side::close);
    }
}
