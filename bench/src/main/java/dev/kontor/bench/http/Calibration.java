package dev.kontor.bench.http;

import dev.kontor.bench.DiskRate;
import dev.kontor.standalone.platform.Folders;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.hc.core5.http.Method;

/**
 * What this machine can do at the time of a measurement. Figures of two machines, or of two hours, compare only by it.
 *
 * @param syncsPerSecond appends of 4 KiB by one thread, each synced
 * @param callsPerSecond that a handler without work answers to the same clients
 * @param serverCpuMillis of the bare server per call
 * @param clientCpuMillis of the clients per call, beside any server
 */
record Calibration(
        double syncsPerSecond,
        double callsPerSecond,
        double p50Millis,
        double p99Millis,
        double serverCpuMillis,
        double clientCpuMillis) {

    private static final Duration DISK = Duration.ofSeconds(3);
    private static final Duration HTTP = Duration.ofSeconds(8);
    /** As long as an access token. */
    private static final String AUTHORIZATION = "Bearer " + "x".repeat(800);

    private static final String ORDER =
            "{\"lines\":[{\"productId\":\"019a0000-0000-7000-8000-000000000000\",\"quantity\":1}]}";

    static Calibration measure(int clients) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("kontor-bench-disk");
        double syncs;
        try {
            syncs = DiskRate.syncsPerSecond(folder.resolve("sync-rate"), DISK);
        } finally {
            Folders.delete(folder);
        }
        try (BareServer server = BareServer.start(KontorShop.java());
                Callers<BareCaller> callers = Callers.of(clients, number -> new BareCaller(server.address()))) {
            run(callers);
            long serverBefore = ProcessUsage.of(server.handle()).cpuNanos();
            long clientBefore = ProcessUsage.ownCpu();
            Load.Outcome outcome = run(callers);
            long serverCpu = ProcessUsage.of(server.handle()).cpuNanos() - serverBefore;
            long clientCpu = ProcessUsage.ownCpu() - clientBefore;
            return new Calibration(
                    syncs,
                    outcome.perSecond(),
                    outcome.all().p50Millis(),
                    outcome.all().p99Millis(),
                    serverCpu / 1e6 / outcome.good(),
                    clientCpu / 1e6 / outcome.good());
        }
    }

    private static Load.Outcome run(Callers<BareCaller> callers) {
        return new Load(callers.all(), Workload.ORDERS, 0).run(HTTP, HTTP, (at, slice) -> {});
    }

    /** Sends what an order sends. */
    private record BareCaller(ShopClient http) implements Caller {

        BareCaller(URI address) {
            this(new ShopClient(address));
        }

        @Override
        public String call(Operation operation) throws IOException {
            int status = http.send(Method.POST, "/api/v1/orders", AUTHORIZATION, ORDER)
                    .status();
            return status == operation.expected() ? null : "status " + status;
        }

        @Override
        public void close() throws IOException {
            http.close();
        }
    }
}
