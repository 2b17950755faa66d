package dev.kontor.bench;

import dev.kontor.api.ids.OrderId;
import dev.kontor.api.order.OrderEvent.OrderPlaced;
import dev.kontor.api.storage.StoredJson;
import dev.kontor.api.storage.StoredTypes;
import dev.kontor.command.CommandSide;
import dev.kontor.standalone.platform.Folders;
import dev.kontor.store.EmbeddedEventStorageEngine;
import dev.kontor.store.EmbeddedStore;
import dev.kontor.store.StoreListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.serialization.Serializer;

/**
 * Compares the log with plain group commit: in both, 64 threads append one event each, wait until it is durable, and
 * append the next. Both write as many bytes an event. The runs alternate, so that both meet the same disk.
 */
final class LogBench {

    private static final int THREADS = 64;
    private static final int PAIRS = 5;

    private LogBench() {}

    /** The bytes and events that the log has handed to the disk. */
    private static final class Written implements StoreListener {

        private final LongAdder bytes = new LongAdder();
        private final LongAdder events = new LongAdder();

        @Override
        public void written(Group group, Duration took) {
            bytes.add(group.bytes());
            events.add(group.events());
        }

        private int bytesPerEvent() {
            return (int) (bytes.sum() / events.sum());
        }
    }

    /** Arguments: seconds for each run (5). */
    static void run(List<String> arguments) throws IOException {
        Duration time = Duration.ofSeconds(arguments.isEmpty() ? 5 : Long.parseLong(arguments.getFirst()));
        Path data = Files.createTempDirectory("kontor-bench");
        Written written = new Written();
        try (EmbeddedStore store = EmbeddedStore.open(data.resolve("log"), written);
                PlainGroupCommit plain = new PlainGroupCommit(data.resolve("plain"))) {
            Serializer serializer = StoredJson.of(StoredTypes.with(CommandSide.STORED));
            EmbeddedEventStorageEngine engine = EmbeddedEventStorageEngine.builder()
                    .store(store)
                    .eventSerializer(serializer)
                    .snapshotSerializer(serializer)
                    .build();
            // What the threads append is made before, because making it is no work of a log.
            OrderPlaced placed = Writers.event(OrderId.mint(), 0).getPayload();
            Map<String, ?> metadata = Map.of("requestId", OrderId.mint().value());
            Writers.Write toLog = () -> {
                OrderId orderId = OrderId.mint();
                long began = System.nanoTime();
                engine.appendEvents(new GenericDomainEventMessage<>("Order", orderId.value(), 0, placed, metadata));
                return System.nanoTime() - began;
            };
            Writers.repeat(THREADS, time, toLog);
            byte[] bytes = new byte[written.bytesPerEvent()];
            Writers.Write toPlain = () -> {
                long began = System.nanoTime();
                plain.append(bytes);
                return System.nanoTime() - began;
            };
            Writers.repeat(THREADS, time, toPlain);
            System.out.printf("%d threads, one event of %,d bytes each%n%n", THREADS, bytes.length);
            System.out.printf(
                    "%12s %8s %8s %12s %8s %8s %7s%n", "log /s", "p50", "p99", "plain /s", "p50", "p99", "ratio");
            double[] ratios = new double[PAIRS];
            for (int pair = 0; pair < PAIRS; pair++) {
                Result log = Writers.repeat(THREADS, time, toLog);
                Result other = Writers.repeat(THREADS, time, toPlain);
                ratios[pair] = log.perSecond() / other.perSecond();
                System.out.printf(
                        "%,12.0f %8.2f %8.2f %,12.0f %8.2f %8.2f %7.2f%n",
                        log.perSecond(),
                        log.percentileMillis(50),
                        log.percentileMillis(99),
                        other.perSecond(),
                        other.percentileMillis(50),
                        other.percentileMillis(99),
                        ratios[pair]);
            }
            Arrays.sort(ratios);
            System.out.printf("%nlog to plain group commit: %.2f (median)%n", ratios[PAIRS / 2]);
        } finally {
            Folders.delete(data);
        }
    }
}
