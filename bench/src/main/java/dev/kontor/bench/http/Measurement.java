package dev.kontor.bench.http;

import dev.kontor.bench.http.Run.Slice;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Warms a shop up, puts it under load and looks at its processes meanwhile. */
final class Measurement {

    /** Longer runs have longer slices. */
    private static final int MOST_SLICES = 60;

    private static final Duration SHORTEST_SLICE = Duration.ofSeconds(2);
    /** Sooner than access tokens expire. */
    private static final Duration BETWEEN_REFRESHES = Duration.ofMinutes(8);

    private final HttpBenchOptions options;
    private final Shop shop;
    private final OrderTimes times = new OrderTimes();
    private final List<Slice> slices = new ArrayList<>();
    private double lastSeconds;
    private ProcessUsage last;

    private Measurement(HttpBenchOptions options, Shop shop) {
        this.options = options;
        this.shop = shop;
    }

    /** Runs it once; the shop is stopped afterwards. */
    static Run of(HttpBenchOptions options, Shop shop) throws IOException, InterruptedException {
        return new Measurement(options, shop).run();
    }

    private Run run() throws IOException, InterruptedException {
        Stock stock = Stock.create(shop.address(), options.clients(), options.products());
        try (Callers<Shopper> shoppers = Callers.of(
                        options.clients(),
                        number -> new Shopper(shop.address(), stock.customers().get(number), stock, times));
                ScheduledExecutorService refreshing = Executors.newSingleThreadScheduledExecutor()) {
            refreshing.scheduleWithFixedDelay(
                    () -> stock.customers().forEach(this::refresh),
                    BETWEEN_REFRESHES.toMillis(),
                    BETWEEN_REFRESHES.toMillis(),
                    TimeUnit.MILLISECONDS);
            Run run = measured(shoppers, stock);
            refreshing.shutdownNow();
            return run;
        }
    }

    /** A failure shows in the errors of the calls that follow, as status 401. */
    private void refresh(Customer customer) {
        try {
            customer.refresh(shop.address());
        } catch (IOException | IllegalStateException e) {
            System.out.println("    an account could not refresh its tokens: " + e.getMessage());
        }
    }

    private Run measured(Callers<Shopper> shoppers, Stock stock) throws IOException, InterruptedException {
        double warmUpSeconds = warmUp(shoppers);
        LogCounters logBefore = shop.counters();
        GarbageCollection gcBefore = GarbageCollection.of(shop.jvm());
        long clientBefore = ProcessUsage.ownCpu();
        long compilerBefore = ProcessUsage.compilerCpu(shop.jvm());
        ProcessUsage before = shop.usage();
        last = before;

        Load.Outcome outcome =
                load(shoppers, options.rate()).run(Duration.ofSeconds(options.seconds()), slice(), this::look);

        ProcessUsage after = shop.usage();
        long clientCpu = ProcessUsage.ownCpu() - clientBefore;
        long compilerCpu = ProcessUsage.compilerCpu(shop.jvm()) - compilerBefore;
        GarbageCollection gc = GarbageCollection.of(shop.jvm()).minus(gcBefore);
        LogCounters log = shop.counters().minus(logBefore);
        Overload overload = options.overload() ? Overload.of(options, shop, stock, outcome.perSecond()) : null;
        Shop.Audit audit = shop.stop();
        return new Run(
                shop.name(),
                warmUpSeconds,
                outcome.seconds(),
                outcome.perSecond(),
                outcome.good(),
                outcome.errors(),
                outcome.all(),
                outcome.byOperation(),
                perOperation((after.cpuNanos() - before.cpuNanos()) / 1e6, outcome),
                perOperation(compilerCpu / 1e6, outcome),
                perOperation(clientCpu / 1e6, outcome),
                after.memoryBytes(),
                gc.pauses(),
                gc.millis(),
                perOperation(after.writtenBytes() - before.writtenBytes(), outcome),
                perOperation(log.syncs(), outcome),
                log.syncNanos() / 1e6 / log.syncs(),
                shop.hops(logBefore, times.orders()),
                slices,
                overload,
                audit);
    }

    /** As many calls as possible also before an open loop: the JIT compiler counts calls, and not seconds. */
    private double warmUp(Callers<Shopper> shoppers) {
        Duration done = Duration.ZERO;
        long compiled = ProcessUsage.compilerCpu(shop.jvm());
        Duration compiling = Duration.ZERO;
        for (Duration part = options.warmUp().next(done);
                part.isPositive() && !options.warmUp().isEnough(done, compiling);
                part = options.warmUp().next(done)) {
            load(shoppers, 0).run(part, part, (at, slice) -> {});
            done = done.plus(part);
            long now = ProcessUsage.compilerCpu(shop.jvm());
            compiling = Duration.ofNanos(now - compiled);
            compiled = now;
        }
        return done.toSeconds();
    }

    private Load load(Callers<Shopper> shoppers, int rate) {
        return new Load(shoppers.all(), options.workload(), rate);
    }

    private Duration slice() {
        Duration slice = Duration.ofSeconds(options.seconds()).dividedBy(MOST_SLICES);
        return slice.compareTo(SHORTEST_SLICE) < 0 ? SHORTEST_SLICE : slice;
    }

    private void look(double seconds, Map<Operation, Histogram> slice) {
        ProcessUsage now = shop.usage();
        Histogram all = new Histogram(Latencies.LONGEST_MICROS, Latencies.DIGITS);
        Map<Operation, Run.Part> byOperation = new EnumMap<>(Operation.class);
        slice.forEach((operation, recorded) -> {
            all.add(recorded);
            if (recorded.getTotalCount() > 0) {
                byOperation.put(operation, Run.Part.of(Latencies.of(recorded)));
            }
        });
        Latencies times = Latencies.of(all);
        slices.add(new Slice(
                seconds,
                times.count() / (seconds - lastSeconds),
                times.p50Millis(),
                times.p99Millis(),
                byOperation,
                (now.cpuNanos() - last.cpuNanos()) / 1e6 / times.count(),
                now.memoryBytes()));
        last = now;
        lastSeconds = seconds;
    }

    private static double perOperation(double value, Load.Outcome outcome) {
        return value / outcome.good();
    }
}
