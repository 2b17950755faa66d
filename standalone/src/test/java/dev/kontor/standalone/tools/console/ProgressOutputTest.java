package dev.kontor.standalone.tools.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgressOutputTest {

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private long millis;

    private ProgressOutput progress(long total) {
        return new ProgressOutput(
                new PrintStream(said, true, StandardCharsets.UTF_8),
                "exporting",
                "events",
                total,
                () -> TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private List<String> lines() {
        return said.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void share_speed_and_remaining_time_are_printed_at_most_once_a_second() {
        ProgressOutput progress = progress(1_000_000);
        for (int done = 0; done <= 250_000; done += 1_000) {
            progress.at(done);
            millis += 10;
        }

        assertThat(lines())
                .containsExactly(
                        "  exporting: [##                  ] 10 %, 100,000 of 1,000,000 events, 100,000 a second, 9 s left",
                        "  exporting: [####                ] 20 %, 200,000 of 1,000,000 events, 100,000 a second, 8 s left");
    }

    @Test
    void earlier_work_counts_for_the_share_and_not_for_the_speed() {
        ProgressOutput progress = progress(1_000).after(500);
        millis = 2_000;
        progress.at(520);

        assertThat(lines())
                .containsExactly(
                        "  exporting: [##########          ] 52 %, 520 of 1,000 events, 10 a second, 48 s left");
    }

    @Test
    void without_a_known_total_it_reports_what_is_done() {
        ProgressOutput progress = progress(0);
        millis = 1_000;
        progress.at(7);

        assertThat(lines()).containsExactly("  exporting: 7 events, 7 a second");
    }

    @Test
    void quick_work_prints_nothing() {
        ProgressOutput progress = progress(10);
        millis = 999;
        progress.at(10);

        assertThat(lines()).isEmpty();
    }
}
