package dev.kontor.bench.http;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** Clients that make calls at the same time, each on a thread of its own, and the times of their answers. */
final class Load {

    /** A call that was due and not made before the end. */
    static final String NOT_MADE = "not made in time";

    /** A call that the server has refused because it has too many, and that may be made again later. */
    static final String REFUSED = "status 503 with Retry-After";

    private final List<? extends Caller> callers;
    private final Workload workload;
    private final int rate;
    private final LongSupplier clock;
    private final Map<Operation, Recorder> recorders = new EnumMap<>(Operation.class);
    private final Map<Operation, Histogram> totals = new EnumMap<>(Operation.class);
    private final Map<String, Recorder> failures = new ConcurrentHashMap<>();

    /** Looks at the load while it goes on. */
    @FunctionalInterface
    interface Observer {

        /** @param slice the good answers since the last look, in microseconds */
        void look(double secondsFromBegin, Map<Operation, Histogram> slice);
    }

    /**
     * The outcome.
     *
     * @param good how many good answers there were
     * @param all of good answers, and of calls that were not made
     * @param errors how many calls failed, by what was wrong
     * @param refusals the calls that failed as {@link #REFUSED}
     */
    record Outcome(
            double seconds,
            long good,
            Latencies all,
            Map<Operation, Latencies> byOperation,
            Map<String, Long> errors,
            Latencies refusals) {

        double perSecond() {
            return good / seconds;
        }
    }

    /** @param rate calls a second of all callers; 0 for a closed loop */
    Load(List<? extends Caller> callers, Workload workload, int rate) {
        this(callers, workload, rate, System::nanoTime);
    }

    Load(List<? extends Caller> callers, Workload workload, int rate, LongSupplier clock) {
        this.callers = callers;
        this.workload = workload;
        this.rate = rate;
        this.clock = clock;
        workload.operations().forEach(operation -> {
            recorders.put(operation, recorder());
            totals.put(operation, empty());
        });
    }

    /** Runs once. */
    Outcome run(Duration time, Duration slice, Observer observer) {
        Schedule schedule = new Schedule(rate, time.toNanos(), clock);
        long begin = clock.getAsLong();
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().name("client-", 0).factory())) {
            List<CompletableFuture<Void>> working = new ArrayList<>();
            callers.forEach(caller -> working.add(CompletableFuture.runAsync(() -> work(caller, schedule), threads)));
            CompletableFuture<Void> all = CompletableFuture.allOf(working.toArray(CompletableFuture[]::new));
            for (long due = begin + slice.toNanos(); due - begin <= time.toNanos(); due += slice.toNanos()) {
                schedule.await(due);
                observer.look((clock.getAsLong() - begin) / 1e9, take());
            }
            all.join();
        }
        double seconds = (clock.getAsLong() - begin) / 1e9;
        take();
        return outcome(seconds, schedule);
    }

    private void work(Caller caller, Schedule schedule) {
        for (long due = schedule.next(); due != Schedule.END; due = schedule.next()) {
            schedule.await(due);
            Operation operation = workload.operation(ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE));
            String failure;
            try {
                failure = caller.call(operation);
            } catch (IOException e) {
                failure = e.getClass().getSimpleName();
            }
            if (failure == null) {
                record(recorders.get(operation), clock.getAsLong() - due);
            } else {
                record(failures.computeIfAbsent(failure, what -> recorder()), clock.getAsLong() - due);
            }
        }
    }

    private static void record(Recorder recorder, long nanos) {
        recorder.recordValue(Math.min(nanos / 1_000, Latencies.LONGEST_MICROS));
    }

    /** Moves what was recorded to the totals, and returns it. */
    private Map<Operation, Histogram> take() {
        Map<Operation, Histogram> slice = new EnumMap<>(Operation.class);
        recorders.forEach((operation, recorder) -> {
            Histogram recorded = recorder.getIntervalHistogram();
            slice.put(operation, recorded);
            totals.get(operation).add(recorded);
        });
        return slice;
    }

    private Outcome outcome(double seconds, Schedule schedule) {
        Map<Operation, Latencies> byOperation = new EnumMap<>(Operation.class);
        Histogram all = empty();
        totals.forEach((operation, recorded) -> {
            byOperation.put(operation, Latencies.of(recorded));
            all.add(recorded);
        });
        long good = all.getTotalCount();
        Map<String, Long> errors = new TreeMap<>();
        Histogram refusals = empty();
        failures.forEach((what, recorder) -> {
            Histogram failed = recorder.getIntervalHistogram();
            errors.put(what, failed.getTotalCount());
            if (what.equals(REFUSED)) {
                refusals.add(failed);
            }
        });
        schedule.missed().forEach(waited -> {
            all.recordValue(Math.min(waited / 1_000, Latencies.LONGEST_MICROS));
            errors.merge(NOT_MADE, 1L, Long::sum);
        });
        return new Outcome(seconds, good, Latencies.of(all), byOperation, errors, Latencies.of(refusals));
    }

    private static Recorder recorder() {
        return new Recorder(Latencies.LONGEST_MICROS, Latencies.DIGITS);
    }

    private static Histogram empty() {
        return new Histogram(Latencies.LONGEST_MICROS, Latencies.DIGITS);
    }
}
