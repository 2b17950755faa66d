package dev.kontor.bench.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;
import org.HdrHistogram.Histogram;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    /** A histogram rounds to three digits. */
    private static final Offset<Double> ROUNDED = within(0.5);

    private final Histogram micros = new Histogram(Latencies.LONGEST_MICROS, Latencies.DIGITS);

    @Test
    void percentiles_are_in_milliseconds() {
        LongStream.rangeClosed(1, 1_000).forEach(millis -> micros.recordValue(1_000 * millis));

        Latencies latencies = Latencies.of(micros);

        assertThat(latencies.count()).isEqualTo(1_000);
        assertThat(latencies.p50Millis()).isEqualTo(500, ROUNDED);
        assertThat(latencies.p90Millis()).isEqualTo(900, ROUNDED);
        assertThat(latencies.p99Millis()).isEqualTo(990, ROUNDED);
        assertThat(latencies.p999Millis()).isEqualTo(999, ROUNDED);
        assertThat(latencies.maxMillis()).isEqualTo(1_000, ROUNDED);
    }

    @Test
    void the_curve_rises_to_the_slowest_call() {
        LongStream.rangeClosed(1, 1_000).forEach(millis -> micros.recordValue(1_000 * millis));

        var curve = Latencies.of(micros).curve();

        assertThat(curve).extracting(Latencies.Point::part).isSorted();
        assertThat(curve).extracting(Latencies.Point::millis).isSorted();
        assertThat(curve.getLast().part()).isEqualTo(1);
        assertThat(curve.getLast().millis()).isEqualTo(1_000, ROUNDED);
    }

    @Test
    void without_calls_there_are_no_percentiles() {
        assertThat(Latencies.of(micros).p50Millis()).isNaN();
    }
}
