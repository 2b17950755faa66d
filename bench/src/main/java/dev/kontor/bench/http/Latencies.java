package dev.kontor.bench.http;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Percentiles in milliseconds, and the curve of all of them.
 *
 * @param count what was counted: good answers, and calls that were due and not made
 */
record Latencies(
        long count,
        double p50Millis,
        double p90Millis,
        double p99Millis,
        double p999Millis,
        double maxMillis,
        List<Point> curve) {

    static final long LONGEST_MICROS = 3_600_000_000L;
    static final int DIGITS = 3;

    private static final int STEPS_PER_HALVING = 3;

    /** @param part 0 to 1, of the calls that took at most so long */
    record Point(double part, double millis) {}

    /** @param micros a histogram of microseconds */
    static Latencies of(Histogram micros) {
        List<Point> curve = new ArrayList<>();
        micros.percentiles(STEPS_PER_HALVING)
                .forEach(step -> curve.add(
                        new Point(step.getPercentileLevelIteratedTo() / 100, step.getValueIteratedTo() / 1e3)));
        return new Latencies(
                micros.getTotalCount(),
                millis(micros, 50),
                millis(micros, 90),
                millis(micros, 99),
                millis(micros, 99.9),
                micros.getMaxValue() / 1e3,
                curve);
    }

    private static double millis(Histogram micros, double percentile) {
        return micros.getTotalCount() == 0 ? Double.NaN : micros.getValueAtPercentile(percentile) / 1e3;
    }
}
