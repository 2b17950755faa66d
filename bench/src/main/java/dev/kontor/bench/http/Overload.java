package dev.kontor.bench.http;

import dev.kontor.bench.http.ShopClient.Answer;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Recorder;
import org.apache.hc.core5.http.Method;

/**
 * Twice as many calls as the shop answered in a closed loop, from more clients.
 *
 * @param best good answers a second of the closed loop before
 * @param due calls a second
 * @param errors calls that were neither answered well nor refused, by what was wrong
 * @param others reads of a product, and of the probe of the shop's health, meanwhile
 * @param memoryBefore of all processes of the shop, in bytes
 */
record Overload(
        double best,
        int due,
        int clients,
        double seconds,
        double perSecond,
        Latencies good,
        Latencies refusals,
        Map<String, Long> errors,
        Latencies others,
        long memoryBefore,
        long memoryAfter) {

    private static final int TIMES = 2;
    private static final int CLIENTS_TIMES = 8;
    /** Fewer than the connections that Kontor takes from one address. */
    private static final int MOST_CLIENTS = 1_500;

    private static final Duration BETWEEN_OTHERS = Duration.ofMillis(50);
    private static final double MIB = 1 << 20;

    /** Puts a shop under it whose throughput is known. */
    static Overload of(HttpBenchOptions options, Shop shop, Stock stock, double best) throws IOException {
        int due = (int) Math.round(TIMES * best);
        int clients = Math.min(MOST_CLIENTS, CLIENTS_TIMES * options.clients());
        Duration time = Duration.ofSeconds(options.seconds());
        OrderTimes unused = new OrderTimes();
        // They have the accounts of the closed loop, because a sign-up takes long.
        try (Callers<Shopper> callers = Callers.of(
                        clients,
                        number -> new Shopper(
                                shop.address(), stock.customers().get(number % options.clients()), stock, unused));
                Others others = new Others(shop, stock)) {
            long before = shop.usage().memoryBytes();
            Load.Outcome outcome = new Load(callers.all(), options.workload(), due).run(time, time, (at, slice) -> {});
            Map<String, Long> errors = new TreeMap<>(outcome.errors());
            errors.remove(Load.REFUSED);
            return new Overload(
                    best,
                    due,
                    clients,
                    outcome.seconds(),
                    outcome.perSecond(),
                    outcome.all(),
                    outcome.refusals(),
                    errors,
                    others.times(),
                    before,
                    shop.usage().memoryBytes());
        }
    }

    /** Of the closed loop's throughput. */
    double part() {
        return perSecond / best;
    }

    void print(PrintStream out) {
        out.printf(
                Locale.ROOT,
                "    overload: %,d a second due from %,d clients for %.0f s: %,.0f/s good, %.2f of the best %,.0f/s,"
                        + " p50 %.0f ms, p99 %.0f ms;%n"
                        + "      %,.0f/s refused with Retry-After, p50 %.2f ms, p99 %.2f ms; %,d other errors %s;%n"
                        + "      reads and probes meanwhile p50 %.2f ms, p99 %.2f ms, max %.0f ms;"
                        + " memory %,.0f MiB before, %,.0f MiB after%n",
                due,
                clients,
                seconds,
                perSecond,
                part(),
                best,
                good.p50Millis(),
                good.p99Millis(),
                refusals.count() / seconds,
                refusals.p50Millis(),
                refusals.p99Millis(),
                errors.values().stream().mapToLong(Long::longValue).sum(),
                errors,
                others.p50Millis(),
                others.p99Millis(),
                others.maxMillis(),
                memoryBefore / MIB,
                memoryAfter / MIB);
    }

    /** A client that does not order: it reads a product, and whether the shop is ready, again and again. */
    private static final class Others implements AutoCloseable {

        private final ShopClient http;
        private final Stock stock;
        private final Recorder times = new Recorder(Latencies.LONGEST_MICROS, Latencies.DIGITS);
        private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
        private boolean isProbe;

        Others(Shop shop, Stock stock) {
            this.http = new ShopClient(shop.address());
            this.stock = stock;
            thread.scheduleAtFixedRate(
                    this::call, BETWEEN_OTHERS.toMillis(), BETWEEN_OTHERS.toMillis(), TimeUnit.MILLISECONDS);
        }

        private void call() {
            isProbe = !isProbe;
            String path = isProbe ? "/actuator/health/readiness" : "/api/v1/catalog/products/" + stock.anyProduct();
            long begin = System.nanoTime();
            try {
                Answer answer = http.send(Method.GET, path, null, null);
                if (answer.status() != 200) {
                    System.out.println("    GET " + path + " was answered " + answer.status());
                }
            } catch (IOException e) {
                System.out.println("    GET " + path + " failed: " + e);
            }
            times.recordValue(Math.min((System.nanoTime() - begin) / 1_000, Latencies.LONGEST_MICROS));
        }

        /** Ends it. */
        Latencies times() {
            thread.shutdownNow();
            return Latencies.of(times.getIntervalHistogram());
        }

        @Override
        public void close() throws IOException {
            thread.shutdownNow();
            http.close();
        }
    }
}
