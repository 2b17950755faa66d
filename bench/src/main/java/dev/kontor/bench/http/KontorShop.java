package dev.kontor.bench.http;

import dev.kontor.bench.Launched;
import dev.kontor.standalone.platform.Folders;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hc.core5.http.Method;
import tools.jackson.databind.JsonNode;

/** Kontor as {@code ./kontor up} starts it, without the limits of one address: all customers have the same. */
final class KontorShop implements Shop {

    static final String NAME = "Kontor";

    private static final List<String> NO_LIMITS = List.of(
            "--kontor.limits.sign-up.per-address=off",
            "--kontor.limits.sign-in.per-address=off",
            "--kontor.limits.refresh.per-address=off",
            "--kontor.tries.in-total=off",
            "--kontor.tries.per-client=off",
            "--kontor.tries.new-emails=off");
    private static final String EMAIL = "bench@example.com";
    private static final String PASSWORD = "a long secret";

    private final Path data;
    private final boolean kept;
    private final Launched process;
    private final URI address;

    private KontorShop(Path data, boolean kept, Launched process) {
        this.data = data;
        this.kept = kept;
        this.process = process;
        this.address = URI.create(process.untilReady());
    }

    static KontorShop start(HttpBenchOptions options) throws IOException {
        List<String> command = launcher();
        if (options.heap() != null) {
            command.add(1, "-Xmx" + options.heap());
        }
        command.addAll(NO_LIMITS);
        boolean kept = options.data() != null;
        Path data = kept ? options.data() : Files.createTempDirectory("kontor-bench");
        return new KontorShop(
                data,
                kept,
                Launched.start(command, data, Map.of("KONTOR_ADMIN_EMAIL", EMAIL, "KONTOR_ADMIN_PASSWORD", PASSWORD)));
    }

    /** The command by which the launcher starts Kontor, up to its arguments. */
    private static List<String> launcher() {
        return new ArrayList<>(List.of(System.getProperty("kontor.start").split("\n")));
    }

    /** The JVM and the options with which Kontor runs, without its recorded start and its beans as code. */
    static List<String> java() {
        return launcher().stream()
                .takeWhile(word -> !word.equals("-jar"))
                .filter(word -> !word.startsWith("-XX:AOTCache=") && !word.startsWith("-Dspring.aot."))
                .toList();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public URI address() {
        return address;
    }

    @Override
    public ProcessHandle jvm() {
        return process.handle();
    }

    @Override
    public ProcessUsage usage() {
        return ProcessUsage.of(process.handle());
    }

    @Override
    public LogCounters counters() throws IOException {
        try (ShopClient http = new ShopClient(address)) {
            String signIn = "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(EMAIL, PASSWORD);
            String admin = "Bearer "
                    + Json.of(http.send(Method.POST, "/api/v1/auth/signin", null, signIn), 200)
                            .required("access_token")
                            .asString();
            JsonNode sync = metric(http, admin, "kontor.log.sync");
            return new LogCounters(
                    value(sync, "COUNT"),
                    value(sync, "TOTAL_TIME") * 1e9,
                    value(metric(http, admin, "kontor.log.head"), "VALUE"));
        }
    }

    private static JsonNode metric(ShopClient http, String admin, String name) throws IOException {
        return Json.of(http.send(Method.GET, "/actuator/metrics/" + name, admin, null), 200);
    }

    private static double value(JsonNode metric, String statistic) {
        return metric.required("measurements")
                .valueStream()
                .filter(measurement ->
                        measurement.required("statistic").asString().equals(statistic))
                .findFirst()
                .orElseThrow()
                .required("value")
                .asDouble();
    }

    @Override
    public Audit stop() throws IOException {
        process.stop();
        List<String> command = launcher();
        command.addAll(List.of("audit", "--data", data.toString()));
        Process audit = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> output = audit.inputReader().lines().toList();
        if (audit.onExit().join().exitValue() == 0) {
            return Audit.CLEAN;
        }
        output.forEach(line -> System.out.println("    " + line));
        return Audit.NOT_CLEAN;
    }

    @Override
    public List<OrderPath.Hop> hops(LogCounters since, List<OrderTimes.Order> orders) {
        return OrderPath.of(data.resolve("log"), Math.max(0, (long) since.head()), orders);
    }

    @Override
    public void close() throws IOException {
        process.stop();
        if (!kept) {
            Folders.delete(data);
        }
    }
}
