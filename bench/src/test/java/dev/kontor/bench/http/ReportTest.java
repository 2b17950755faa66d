package dev.kontor.bench.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class ReportTest {

    private final Report report = Report.of(
            HttpBenchOptions.parse(List.of("--against-plain-shop")),
            Instant.parse("2026-03-01T12:00:00Z"),
            new Calibration(500, 20_000, 1, 5, 0.02, 0.03));

    ReportTest() {
        report.runs().addAll(List.of(run("Kontor", 100), run("plain shop", 200)));
        report.runs().addAll(List.of(run("Kontor", 150), run("plain shop", 200)));
    }

    private static Run run(String shop, double perSecond) {
        Histogram micros = new Histogram(Latencies.LONGEST_MICROS, Latencies.DIGITS);
        micros.recordValue(2_000);
        Latencies latencies = Latencies.of(micros);
        return new Run(
                shop,
                30,
                10,
                perSecond,
                1,
                Map.of("<status> 503", 2L),
                latencies,
                Map.of(Operation.ORDER, latencies),
                1,
                0.2,
                0.1,
                100 << 20,
                3,
                4,
                5_000,
                Double.NaN,
                Double.NaN,
                List.of(),
                List.of(
                        new Run.Slice(5, perSecond, 1, 2, Map.of(Operation.ORDER, Run.Part.of(latencies)), 1, 1),
                        new Run.Slice(10, 0, Double.NaN, Double.NaN, Map.of(), Double.NaN, 1)),
                new Overload(
                        perSecond,
                        400,
                        512,
                        10,
                        perSecond * 0.9,
                        latencies,
                        latencies,
                        Map.of(Load.NOT_MADE, 7L),
                        latencies,
                        100 << 20,
                        101 << 20),
                Shop.Audit.NONE);
    }

    @Test
    void the_printed_ratios_are_medians_of_the_pairs() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();

        report.printBegin(new PrintStream(printed, true, StandardCharsets.UTF_8));
        report.runs().forEach(run -> Report.print(new PrintStream(printed, true, StandardCharsets.UTF_8), run));
        report.printEnd(new PrintStream(printed, true, StandardCharsets.UTF_8));

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("500 syncs/s", "2: <status> 503", "Kontor to plain shop")
                .contains("400 a second due from 512 clients", "0.90 of the best 100/s", "{not made in time=7}")
                .containsPattern("per second +0\\.63\n");
    }

    @Test
    void json_has_null_where_there_is_no_number() {
        String json = Json.write(report);

        assertThat(json).contains("\"syncs\" : null").doesNotContain("NaN");
        assertThat(Json.tree(json.getBytes(StandardCharsets.UTF_8)).required("runs"))
                .hasSize(4);
    }

    @Test
    void the_page_needs_nothing_else_and_plots_only_numbers() {
        String page = new HtmlPage(report).text();

        assertThat(page)
                .contains("<svg", "<polyline", "&lt;status> 503", "part of the best")
                .doesNotContain("NaN", "<script", "src=", "href=", "Infinity");
    }
}
