package dev.kontor.bench.http;

import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Everything that a benchmark has measured: what is printed, and the JSON form. */
record Report(
        Instant begin,
        int processors,
        String workload,
        int seconds,
        int clients,
        int rate,
        String warmUp,
        String heap,
        Calibration calibration,
        List<Run> runs) {

    private static final String COLUMNS = "%-11s %9s %8s %8s %8s %8s %7s %8s %8s %8s %7s %7s %6s %8s %8s %7s  %s%n";
    private static final String LINE =
            "%-11s %,9.0f %8.2f %8.2f %8.2f %8.2f %,7d %8.3f %8.3f %8.3f %,7.0f %,7.0f %,6d %8.0f %8.1f %7s  %s%n";
    private static final double MIB = 1 << 20;

    static Report of(HttpBenchOptions options, Instant begin, Calibration calibration) {
        return new Report(
                begin,
                Runtime.getRuntime().availableProcessors(),
                options.workload().label(),
                options.seconds(),
                options.clients(),
                options.rate(),
                options.warmUp().toString(),
                options.heap(),
                calibration,
                new ArrayList<>());
    }

    /** The figures whose smallest, middle and largest value count, with the better direction in their name. */
    enum Figure {
        THROUGHPUT("per second", Run::perSecond),
        P50("p50 ms", run -> run.latencies().p50Millis()),
        P99("p99 ms", run -> run.latencies().p99Millis()),
        CPU("CPU ms per operation", Run::serverCpuMillis);

        private final String label;
        private final ToDoubleFunction<Run> value;

        Figure(String label, ToDoubleFunction<Run> value) {
            this.label = label;
            this.value = value;
        }

        String label() {
            return label;
        }

        double of(Run run) {
            return value.applyAsDouble(run);
        }
    }

    void printBegin(PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%s, %d clients, %s, %d s after %s, %d processors%n%n",
                workload,
                clients,
                rate == 0 ? "closed loop" : "open loop of %,d a second".formatted(rate),
                seconds,
                warmUp,
                processors);
        out.printf(
                Locale.ROOT,
                "calibration: %,.0f syncs/s of this disk; a bare handler answers %,.0f calls/s, p50 %.2f ms,"
                        + " p99 %.2f ms, %.3f ms CPU of its server and %.3f ms of the client per call%n%n",
                calibration.syncsPerSecond(),
                calibration.callsPerSecond(),
                calibration.p50Millis(),
                calibration.p99Millis(),
                calibration.serverCpuMillis(),
                calibration.clientCpuMillis());
        out.printf(
                COLUMNS,
                "",
                "per s",
                "p50 ms",
                "p90 ms",
                "p99 ms",
                "p99.9 ms",
                "errors",
                "CPU ms",
                "of JIT",
                "client",
                "warm s",
                "MiB",
                "GCs",
                "GC ms",
                "KB/op",
                "sync/op",
                "audit");
    }

    static void print(PrintStream out, Run run) {
        Latencies times = run.latencies();
        out.printf(
                Locale.ROOT,
                LINE,
                run.shop(),
                run.perSecond(),
                times.p50Millis(),
                times.p90Millis(),
                times.p99Millis(),
                times.p999Millis(),
                run.failed(),
                run.serverCpuMillis(),
                run.compilerCpuMillis(),
                run.clientCpuMillis(),
                run.warmUpSeconds(),
                run.memoryBytes() / MIB,
                run.gcPauses(),
                run.gcMillis(),
                run.writtenBytes() / 1_000,
                Double.isNaN(run.syncs()) ? "-" : String.format(Locale.ROOT, "%.2f", run.syncs()),
                switch (run.audit()) {
                    case CLEAN -> "CLEAN";
                    case NOT_CLEAN -> "NOT CLEAN";
                    case NONE -> "-";
                });
        run.errors().forEach((what, count) -> out.printf(Locale.ROOT, "    %,d: %s%n", count, what));
        if (run.overload() != null) {
            run.overload().print(out);
        }
    }

    /** What is only readable once all runs are there. */
    void printEnd(PrintStream out) {
        shops().forEach(shop -> printOf(out, shop, runsOf(shop)));
        if (shops().size() == 2) {
            List<Run> kontor = runsOf(shops().getFirst());
            List<Run> other = runsOf(shops().getLast());
            out.printf("%n%s to %s, medians of the paired runs:%n", shops().getFirst(), shops().getLast());
            for (Figure figure : Figure.values()) {
                out.printf(Locale.ROOT, "  %-22s %.2f%n", figure.label(), Ratios.median(kontor, other, figure::of));
            }
        }
    }

    private static void printOf(PrintStream out, String shop, List<Run> runs) {
        Run last = runs.getLast();
        if (last.byOperation().size() > 1) {
            out.printf("%n%s, by operation%n", shop);
            last.byOperation().forEach((operation, times) -> printTimes(out, operation.name(), times));
        }
        if (!last.hops().isEmpty()) {
            out.printf(
                    Locale.ROOT, "%n%s, an order by part; one sync took %.2f ms on average%n", shop, last.syncMillis());
            last.hops().forEach(hop -> printTimes(out, hop.name(), hop.times()));
        }
        List<Growth> growth = Growth.of(last);
        if (!growth.isEmpty()) {
            out.printf("%n%s, growth: minutes 58 to 60 of an hour, or as much of this run, against 5 to 7%n", shop);
            growth.forEach(figure -> out.printf(
                    Locale.ROOT,
                    "  growth  %-22s %,10.3f -> %,10.3f  %6.2f%n",
                    figure.figure(),
                    figure.early(),
                    figure.late(),
                    figure.ratio()));
        }
        if (runs.size() > 1) {
            out.printf("%n%s, smallest, median and largest of %d runs%n", shop, runs.size());
            for (Figure figure : Figure.values()) {
                double[] values = runs.stream().mapToDouble(figure::of).sorted().toArray();
                out.printf(
                        Locale.ROOT,
                        "  %-22s %,10.2f %,10.2f %,10.2f%n",
                        figure.label(),
                        values[0],
                        Ratios.median(values),
                        values[values.length - 1]);
            }
        }
    }

    private static void printTimes(PrintStream out, String name, Latencies times) {
        out.printf(
                Locale.ROOT,
                "  %-66s %,9d  p50 %8.2f ms  p99 %8.2f ms%n",
                name,
                times.count(),
                times.p50Millis(),
                times.p99Millis());
    }

    List<String> shops() {
        return runs.stream().map(Run::shop).distinct().toList();
    }

    List<Run> runsOf(String shop) {
        return runs.stream().filter(run -> run.shop().equals(shop)).toList();
    }
}
