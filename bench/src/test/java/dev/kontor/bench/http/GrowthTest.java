package dev.kontor.bench.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class GrowthTest {

    private static final Latencies NONE = Latencies.of(new Histogram(Latencies.LONGEST_MICROS, Latencies.DIGITS));

    /** Each minute costs 1 % of the first one more; a list becomes twice as slow, and searches have no good answer. */
    private static Run run(int slices, int seconds) {
        return new Run(
                "Kontor",
                30,
                slices * seconds,
                100,
                1,
                Map.of(),
                NONE,
                Map.of(Operation.LIST, NONE, Operation.SEARCH, NONE),
                1,
                0,
                1,
                1,
                0,
                0,
                0,
                0,
                0,
                List.of(),
                IntStream.rangeClosed(1, slices)
                        .mapToObj(minute -> new Run.Slice(
                                minute * seconds,
                                100,
                                1,
                                1,
                                Map.of(Operation.LIST, new Run.Part(1, minute > slices / 2 ? 4 : 2, 9)),
                                1 + minute / 100.0,
                                (100L + minute) << 20))
                        .toList(),
                null,
                Shop.Audit.NONE);
    }

    @Test
    void minutes_58_to_60_of_an_hour_are_compared_with_minutes_5_to_7() {
        Map<String, Growth> growth =
                Growth.of(run(60, 60)).stream().collect(Collectors.toMap(Growth::figure, Function.identity()));

        Growth cpu = growth.get("CPU ms per operation");
        assertThat(cpu.early()).isEqualTo(1.06, within(1e-9));
        assertThat(cpu.late()).isEqualTo(1.59, within(1e-9));
        assertThat(cpu.ratio()).isEqualTo(1.5, within(1e-9));
        assertThat(growth.get("LIST, p50 ms").ratio()).isEqualTo(2);
        assertThat(growth.get("memory in MiB").late()).isEqualTo(159);
        assertThat(growth.get("SEARCH, p50 ms").ratio()).isNaN();
    }

    @Test
    void a_short_run_shows_no_growth() {
        assertThat(Growth.of(run(60, 9))).isEmpty();
        assertThat(Growth.of(run(60, 10))).isNotEmpty();
    }

    @Test
    void the_report_prints_it() {
        Report report = Report.of(
                HttpBenchOptions.parse(List.of("mixed")),
                Instant.parse("2026-03-01T12:00:00Z"),
                new Calibration(500, 20_000, 1, 5, 0.02, 0.03));
        report.runs().add(run(60, 60));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();

        report.printEnd(new PrintStream(printed, true, StandardCharsets.UTF_8));

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .containsPattern("growth +CPU ms per operation +1\\.060 -> +1\\.590 +1\\.50\n");
        assertThat(new HtmlPage(report).text())
                .contains("<td>LIST, p50 ms</td>")
                .doesNotContain("NaN");
    }
}
