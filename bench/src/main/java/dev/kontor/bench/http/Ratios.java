package dev.kontor.bench.http;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Compares two series of runs pair by pair, because the runs of a pair shared the state of the machine. */
final class Ratios {

    private Ratios() {}

    /** The median of the ratios of the paired runs. */
    static <T> double median(List<T> runs, List<T> others, ToDoubleFunction<T> figure) {
        if (runs.size() != others.size() || runs.isEmpty()) {
            throw new IllegalArgumentException("Runs without their pair");
        }
        return median(IntStream.range(0, runs.size())
                .mapToDouble(pair -> figure.applyAsDouble(runs.get(pair)) / figure.applyAsDouble(others.get(pair)))
                .toArray());
    }

    /** The middle one, or the mean of the two in the middle. */
    static double median(double... values) {
        double[] sorted = Arrays.stream(values).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
