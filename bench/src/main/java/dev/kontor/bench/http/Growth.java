package dev.kontor.bench.http;

import dev.kontor.bench.http.Run.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * How a figure of a long run has changed: of an hour, minutes 58 to 60 against minutes 5 to 7. Each is the median of
 * the slices in that time.
 */
record Growth(String figure, double early, double late) {

    /** Shorter runs show the JIT compiler, and not the age of the process. */
    private static final int SHORTEST_SECONDS = 600;

    private static final double EARLY_BEGIN = 4 / 60.0;
    private static final double EARLY_END = 7 / 60.0;
    private static final double LATE_BEGIN = 57 / 60.0;

    double ratio() {
        return late / early;
    }

    /** Of all figures of cost; none of a short run. */
    static List<Growth> of(Run run) {
        if (run.seconds() < SHORTEST_SECONDS) {
            return List.of();
        }
        List<Growth> all = new ArrayList<>();
        all.add(of(run, "CPU ms per operation", Slice::serverCpuMillis));
        run.byOperation()
                .keySet()
                .forEach(operation -> all.add(of(run, operation + ", p50 ms", slice -> slice.p50(operation))));
        all.add(of(run, "operations per second", Slice::perSecond));
        all.add(of(run, "memory in MiB", slice -> slice.memoryBytes() / (double) (1 << 20)));
        return all;
    }

    private static Growth of(Run run, String figure, ToDoubleFunction<Slice> value) {
        double end = run.slices().getLast().seconds();
        return new Growth(
                figure,
                median(within(run, EARLY_BEGIN * end, EARLY_END * end), value),
                median(within(run, LATE_BEGIN * end, end), value));
    }

    /** Slices whose middle is in this time. */
    private static Stream<Slice> within(Run run, double begin, double end) {
        double length = run.slices().getLast().seconds() / run.slices().size();
        return run.slices().stream()
                .filter(slice -> slice.seconds() - length / 2 > begin && slice.seconds() - length / 2 < end);
    }

    private static double median(Stream<Slice> slices, ToDoubleFunction<Slice> value) {
        double[] values = slices.mapToDouble(value).filter(Double::isFinite).toArray();
        return values.length == 0 ? Double.NaN : Ratios.median(values);
    }
}
