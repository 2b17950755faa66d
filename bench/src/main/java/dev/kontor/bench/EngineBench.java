package dev.kontor.bench;

import dev.kontor.api.ids.OrderId;
import dev.kontor.api.storage.StoredJson;
import dev.kontor.api.storage.StoredTypes;
import dev.kontor.command.CommandSide;
import dev.kontor.standalone.platform.Folders;
import dev.kontor.store.EmbeddedEventStorageEngine;
import dev.kontor.store.EmbeddedStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.serialization.Serializer;

/**
 * Measures the commits a second of the log, and its read rate. Each run is compared with the rate at which the same
 * disk syncs a file, measured right before and after it: a shared or throttled machine slows both.
 */
final class EngineBench {

    private static final Duration DISK_RUN = Duration.ofSeconds(1);
    private static final int[] THREADS = {1, 8, 64, 256};
    private static final int[] BATCHES = {1, 5};
    private static final int AGGREGATES_READ = 20_000;

    private EngineBench() {}

    /** Arguments: seconds for each measurement (5). */
    static void run(List<String> arguments) throws IOException {
        Duration time = Duration.ofSeconds(arguments.isEmpty() ? 5 : Long.parseLong(arguments.getFirst()));
        Path data = Files.createTempDirectory("kontor-bench");
        Syncs syncs = new Syncs();
        try (EmbeddedStore store = EmbeddedStore.open(data.resolve("log"), syncs)) {
            Serializer serializer = StoredJson.of(StoredTypes.with(CommandSide.STORED));
            EmbeddedEventStorageEngine engine = EmbeddedEventStorageEngine.builder()
                    .store(store)
                    .eventSerializer(serializer)
                    .snapshotSerializer(serializer)
                    .build();
            Writers writers = new Writers(engine);
            writers.write(THREADS[2], 1, time);

            System.out.printf(
                    "%d processors, %d s each%n%n", Runtime.getRuntime().availableProcessors(), time.toSeconds());
            System.out.printf(
                    "%7s %5s %10s %10s %8s %8s %7s %8s %8s %8s %11s %7s%n",
                    "threads",
                    "batch",
                    "commits/s",
                    "events/s",
                    "p50 ms",
                    "p99 ms",
                    "group",
                    "sync p50",
                    "sync p99",
                    "sync max",
                    "raw syncs/s",
                    "ratio");
            for (int batch : BATCHES) {
                for (int threads : THREADS) {
                    line(writers, syncs, threads, batch, time, data.resolve("sync-rate"));
                }
            }
            System.out.printf("%n%s%n", readAll(engine));
            System.out.println(readAggregates(engine, writers.written()));
        } finally {
            Folders.delete(data);
        }
    }

    private static void line(Writers writers, Syncs syncs, int threads, int batch, Duration time, Path file)
            throws IOException {
        double before = DiskRate.syncsPerSecond(file, DISK_RUN);
        syncs.reset();
        Result commits = writers.write(threads, batch, time);
        Syncs.Summary groups = syncs.summary();
        double raw = (before + DiskRate.syncsPerSecond(file, DISK_RUN)) / 2;
        System.out.printf(
                "%7d %5d %,10.0f %,10.0f %8.2f %8.2f %7.1f %8.2f %8.2f %8.1f %,11.0f %7.2f%n",
                threads,
                batch,
                commits.perSecond(),
                commits.perSecond() * batch,
                commits.percentileMillis(50),
                commits.percentileMillis(99),
                groups.requestsPerGroup(),
                groups.times().percentileMillis(50),
                groups.times().percentileMillis(99),
                groups.times().percentileMillis(100),
                raw,
                commits.perSecond() / raw);
    }

    /** In log order, with every payload deserialized. */
    private static String readAll(EmbeddedEventStorageEngine engine) {
        long begin = System.nanoTime();
        try (Stream<? extends EventMessage<?>> log = engine.readEvents(null, false)) {
            long events = log.filter(event -> event.getPayload() != null).count();
            double seconds = (System.nanoTime() - begin) / 1e9;
            return "read back in order: %,d events, %,.0f/s".formatted(events, events / seconds);
        }
    }

    /** In random order, as commands load them. */
    private static String readAggregates(EmbeddedEventStorageEngine engine, List<OrderId> written) {
        Random random = new Random(1);
        long begin = System.nanoTime();
        long events = 0;
        for (int i = 0; i < AGGREGATES_READ; i++) {
            String aggregate = written.get(random.nextInt(written.size())).value();
            events += engine.readEvents(aggregate)
                    .asStream()
                    .filter(event -> event.getPayload() != null)
                    .count();
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        return "read back by aggregate: %,d aggregates, %,.0f/s, %,d events, %,.0f/s"
                .formatted(AGGREGATES_READ, AGGREGATES_READ / seconds, events, events / seconds);
    }
}
