package dev.kontor.bench.http;

import dev.kontor.bench.http.Run.Slice;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** A report as one page, with its plots in it: it needs no other file and no network. */
record HtmlPage(Report report) {

    private static final String STYLE = """
            body { font: 15px/1.5 system-ui, sans-serif; max-width: 1100px; margin: 2em auto; color: #222 }
            table { border-collapse: collapse; margin: 1em 0 }
            th, td { padding: .2em .7em; text-align: right; border-bottom: 1px solid #ddd }
            th:first-child, td:first-child { text-align: left }
            svg { width: 100%; max-width: 760px; height: auto; display: block }
            """;

    String text() {
        return """
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8"><title>bench http %1$s</title><style>%2$s</style></head>
                <body><h1>bench http %1$s</h1>
                <p>%3$s. %4$d clients, %5$s, %6$d s after %7$s, %8$d processors.</p>
                %9$s</body></html>
                """.formatted(
                        report.workload(),
                        STYLE,
                        report.begin(),
                        report.clients(),
                        report.rate() == 0 ? "closed loop" : "open loop of " + report.rate() + " calls a second",
                        report.seconds(),
                        report.warmUp(),
                        report.processors(),
                        calibration() + runs() + overloads() + ratios() + parts() + growth() + plots());
    }

    private String calibration() {
        Calibration machine = report.calibration();
        return table(
                List.of(
                        "calibration",
                        "syncs/s of the disk",
                        "calls/s of a bare handler",
                        "p50 ms",
                        "p99 ms",
                        "CPU ms per call",
                        "client's CPU ms per call"),
                List.of(List.of(
                        "",
                        number(machine.syncsPerSecond()),
                        number(machine.callsPerSecond()),
                        number(machine.p50Millis()),
                        number(machine.p99Millis()),
                        number(machine.serverCpuMillis()),
                        number(machine.clientCpuMillis()))));
    }

    private String runs() {
        List<List<String>> rows = new ArrayList<>();
        for (Run run : report.runs()) {
            Latencies times = run.latencies();
            rows.add(List.of(
                    run.shop(),
                    number(run.perSecond()),
                    number(times.p50Millis()),
                    number(times.p90Millis()),
                    number(times.p99Millis()),
                    number(times.p999Millis()),
                    run.failed() == 0 ? "0" : escape(run.errors().toString()),
                    number(run.serverCpuMillis()),
                    number(run.compilerCpuMillis()),
                    number(run.clientCpuMillis()),
                    number(run.memoryBytes() / (double) (1 << 20)),
                    Long.toString(run.gcPauses()),
                    number(run.gcMillis()),
                    number(run.writtenBytes() / 1_000),
                    number(run.syncs()),
                    run.audit().toString().replace('_', ' ')));
        }
        return table(
                List.of(
                        "run",
                        "per s",
                        "p50 ms",
                        "p90 ms",
                        "p99 ms",
                        "p99.9 ms",
                        "errors",
                        "CPU ms/op",
                        "of the JIT compiler",
                        "client's CPU ms/op",
                        "MiB",
                        "GCs",
                        "GC ms",
                        "KB written/op",
                        "syncs/op",
                        "audit"),
                rows);
    }

    private String overloads() {
        List<List<String>> rows = new ArrayList<>();
        for (Run run : report.runs()) {
            if (run.overload() != null) {
                Overload overload = run.overload();
                rows.add(List.of(
                        run.shop(),
                        number(overload.due()),
                        number(overload.perSecond()),
                        number(overload.part()),
                        number(overload.good().p99Millis()),
                        number(overload.refusals().count() / overload.seconds()),
                        number(overload.refusals().p99Millis()),
                        overload.errors().isEmpty()
                                ? "0"
                                : escape(overload.errors().toString()),
                        number(overload.others().p99Millis()),
                        number(overload.memoryBefore() / (double) (1 << 20)),
                        number(overload.memoryAfter() / (double) (1 << 20))));
            }
        }
        return rows.isEmpty()
                ? ""
                : table(
                        List.of(
                                "overload",
                                "due per s",
                                "good per s",
                                "part of the best",
                                "p99 ms",
                                "refused per s",
                                "p99 ms of refusals",
                                "other errors",
                                "p99 ms of reads and probes",
                                "MiB before",
                                "MiB after"),
                        rows);
    }

    private String ratios() {
        if (report.shops().size() < 2) {
            return "";
        }
        String first = report.shops().getFirst();
        String second = report.shops().getLast();
        List<List<String>> rows = new ArrayList<>();
        for (Report.Figure figure : Report.Figure.values()) {
            rows.add(List.of(
                    figure.label(), number(Ratios.median(report.runsOf(first), report.runsOf(second), figure::of))));
        }
        return table(List.of(first + " to " + second, "median ratio of the paired runs"), rows);
    }

    private String parts() {
        List<List<String>> rows = new ArrayList<>();
        for (String shop : report.shops()) {
            Run last = report.runsOf(shop).getLast();
            last.byOperation().forEach((operation, times) -> rows.add(part(shop, operation.name(), times)));
            last.hops().forEach(hop -> rows.add(part(shop, hop.name(), hop.times())));
        }
        return table(List.of("shop", "part", "count", "p50 ms", "p99 ms"), rows);
    }

    private String growth() {
        List<List<String>> rows = new ArrayList<>();
        for (Run run : report.runs()) {
            Growth.of(run)
                    .forEach(growth -> rows.add(List.of(
                            run.shop(),
                            growth.figure(),
                            number(growth.early()),
                            number(growth.late()),
                            number(growth.ratio()))));
        }
        return rows.isEmpty()
                ? ""
                : table(List.of("shop", "growth", "minutes 5 to 7 of an hour", "minutes 58 to 60", "ratio"), rows);
    }

    private static List<String> part(String shop, String name, Latencies times) {
        return List.of(shop, name, Long.toString(times.count()), number(times.p50Millis()), number(times.p99Millis()));
    }

    private String plots() {
        return operations()
                + plot("Calls a second, by seconds from the begin", Slice::perSecond)
                + plot("p99 in ms, by seconds from the begin", Slice::p99Millis)
                + plot("CPU ms of the server per operation, by seconds from the begin", Slice::serverCpuMillis)
                + plot("MiB of memory, by seconds from the begin", slice -> slice.memoryBytes() / (double) (1 << 20))
                + percentiles();
    }

    private String plot(String title, ToDoubleFunction<Slice> value) {
        SvgPlot plot = new SvgPlot(title, number -> number, Double::toString);
        report.runs()
                .forEach(run -> plot.line(
                        run.shop(),
                        run.slices().stream().mapToDouble(Slice::seconds).toArray(),
                        run.slices().stream().mapToDouble(value).toArray()));
        return plot.text();
    }

    /** Of a mix, each operation by itself. */
    private String operations() {
        List<Operation> operations = report.runs().stream()
                .flatMap(run -> run.byOperation().keySet().stream())
                .distinct()
                .toList();
        return operations.size() < 2
                ? ""
                : operations.stream()
                        .map(operation -> plot(
                                "p50 in ms of " + operation + ", by seconds from the begin",
                                slice -> slice.p50(operation)))
                        .collect(Collectors.joining());
    }

    /** Nines are spread equally: 90 %, 99 %, 99.9 % are equally far apart. */
    private String percentiles() {
        SvgPlot plot = new SvgPlot(
                "Milliseconds, by the part of the calls that took at most so long",
                part -> -Math.log10(Math.max(1e-5, 1 - part)),
                HtmlPage::percent);
        report.runs()
                .forEach(run -> plot.line(
                        run.shop(),
                        run.latencies().curve().stream()
                                .mapToDouble(Latencies.Point::part)
                                .toArray(),
                        run.latencies().curve().stream()
                                .mapToDouble(Latencies.Point::millis)
                                .toArray()));
        return plot.text();
    }

    private static String percent(double nines) {
        BigDecimal percent =
                BigDecimal.valueOf(100 - 100 * Math.pow(10, -nines)).setScale(3, RoundingMode.HALF_UP);
        return percent.stripTrailingZeros().toPlainString() + " %";
    }

    private static String table(List<String> head, List<List<String>> rows) {
        StringBuilder html = new StringBuilder("<table><tr>");
        head.forEach(cell -> html.append("<th>").append(cell).append("</th>"));
        for (List<String> row : rows) {
            html.append("</tr>\n<tr>");
            row.forEach(cell -> html.append("<td>").append(cell).append("</td>"));
        }
        return html.append("</tr></table>\n").toString();
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, value < 10 ? "%,.3f" : "%,.1f", value);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
