package dev.kontor.bench;

import dev.kontor.api.storage.StoredJson;
import dev.kontor.api.storage.StoredTypes;
import dev.kontor.command.CommandSide;
import dev.kontor.command.platform.OrderProcessing;
import dev.kontor.store.EmbeddedEventStorageEngine;
import dev.kontor.store.EmbeddedStore;
import dev.kontor.store.EmbeddedTokenStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.serialization.Serializer;

/** Fills a data folder with a long history, to measure its effect on a start, a rebuild or an audit. */
final class FillBench {

    private static final int BATCH = 2_000;

    private FillBench() {}

    /** Arguments: the folder, which must be empty, and how many orders (250,000, which is about a million events). */
    static void run(List<String> arguments) {
        if (arguments.isEmpty()) {
            throw new IllegalArgumentException("bench fill DIR [ORDERS]");
        }
        long orders = arguments.size() > 1 ? Long.parseLong(arguments.get(1)) : 250_000;
        long begin = System.nanoTime();
        try (EmbeddedStore store =
                EmbeddedStore.open(Path.of(arguments.getFirst()).resolve("log"))) {
            if (store.head() >= 0) {
                throw new IllegalArgumentException("There are events in that folder already");
            }
            Serializer serializer = StoredJson.of(StoredTypes.with(CommandSide.STORED));
            EmbeddedEventStorageEngine engine = EmbeddedEventStorageEngine.builder()
                    .eventSerializer(serializer)
                    .snapshotSerializer(serializer)
                    .store(store)
                    .build();
            fill(engine, orders);
            // All orders are decided, so the saga has nothing left to do.
            new EmbeddedTokenStore(store, serializer)
                    .initializeTokenSegments(OrderProcessing.GROUP, 1, engine.createHeadToken());
            double seconds = (System.nanoTime() - begin) / (double) TimeUnit.SECONDS.toNanos(1);
            System.out.printf(
                    "%,d orders, %,d events, %,.0f events/s%n", orders, store.head() + 1, (store.head() + 1) / seconds);
        }
    }

    private static void fill(EmbeddedEventStorageEngine engine, long orders) {
        List<DomainEventMessage<?>> batch = new ArrayList<>(BATCH);
        ShopHistory history = new ShopHistory(
                event -> {
                    batch.add(event);
                    if (batch.size() == BATCH) {
                        engine.appendEvents(batch);
                        batch.clear();
                    }
                },
                orders);
        for (long i = 0; i < orders; i++) {
            history.order();
        }
        engine.appendEvents(batch);
    }
}
