package dev.kontor.bench.http;

import dev.kontor.bench.http.Shop.Audit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Measures the packaged application as its users meet it: over HTTP, as a process of its own. */
public final class HttpBench {

    private HttpBench() {}

    /** @param arguments see {@link HttpBenchOptions#USAGE} */
    public static void run(List<String> arguments) throws Exception {
        HttpBenchOptions options = HttpBenchOptions.parse(arguments);
        if (options.againstPlainShop()) {
            PostgreSql.programs();
        }
        Instant begin = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Report report = Report.of(options, begin, Calibration.measure(options.clients()));
        report.printBegin(System.out);
        for (int run = 0; run < options.runs(); run++) {
            measure(options, report, KontorShop.start(options));
            if (options.againstPlainShop()) {
                measure(options, report, PlainShop.start(options));
            }
        }
        report.printEnd(System.out);
        write(options.json(), Json.write(report));
        write(options.html(), new HtmlPage(report).text());
        if (report.runs().stream().anyMatch(run -> run.audit() == Audit.NOT_CLEAN)) {
            System.out.println("NOT CLEAN");
            System.exit(1);
        }
        System.out.println("CLEAN");
    }

    private static void measure(HttpBenchOptions options, Report report, Shop started)
            throws IOException, InterruptedException {
        try (Shop shop = started) {
            Run run = Measurement.of(options, shop);
            report.runs().add(run);
            Report.print(System.out, run);
        }
    }

    private static void write(Path file, String text) throws IOException {
        if (file != null) {
            Files.writeString(file, text);
            System.out.println("Written: " + file);
        }
    }
}
