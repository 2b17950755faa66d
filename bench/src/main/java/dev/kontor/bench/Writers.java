package dev.kontor.bench;

import dev.kontor.api.catalog.Money;
import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.api.order.OrderEvent.OrderPlaced;
import dev.kontor.api.order.OrderLine;
import dev.kontor.api.order.OrderOrigin;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;

/** Threads that each append events of a new aggregate, wait until they are durable, and append the next. */
final class Writers {

    private final EventStorageEngine engine;
    private final ConcurrentLinkedQueue<OrderId> written = new ConcurrentLinkedQueue<>();

    Writers(EventStorageEngine engine) {
        this.engine = engine;
    }

    /** The aggregates written in all runs. */
    List<OrderId> written() {
        return List.copyOf(written);
    }

    /** What a thread does again and again. */
    interface Write {

        /** @return the time in ns that counts as its latency */
        long run();
    }

    Result write(int threads, int batch, Duration time) {
        return repeat(threads, time, () -> append(batch));
    }

    static Result repeat(int threads, Duration time, Write write) {
        ConcurrentLinkedQueue<Long> latencies = new ConcurrentLinkedQueue<>();
        long begin = System.nanoTime();
        long end = begin + time.toNanos();
        try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
            Stream.generate(() -> CompletableFuture.runAsync(
                            () -> {
                                while (System.nanoTime() < end) {
                                    latencies.add(write.run());
                                }
                            },
                            each))
                    .limit(threads)
                    .toList()
                    .forEach(CompletableFuture::join);
        }
        long elapsed = System.nanoTime() - begin;
        return new Result(latencies.stream().mapToLong(Long::longValue).sorted().toArray(), elapsed);
    }

    private long append(int batch) {
        OrderId orderId = OrderId.mint();
        List<EventMessage<?>> events = new ArrayList<>(batch);
        for (int sequence = 0; sequence < batch; sequence++) {
            events.add(event(orderId, sequence));
        }
        long began = System.nanoTime();
        engine.appendEvents(events);
        long took = System.nanoTime() - began;
        written.add(orderId);
        return took;
    }

    /** An order of three lines, with the metadata that every event has. */
    static DomainEventMessage<OrderPlaced> event(OrderId orderId, long sequence) {
        Money price = new Money(1_999, "EUR");
        List<OrderLine> lines = Stream.generate(() -> new OrderLine(
                        ProductId.mint(), new Quantity(1), CustomerId.mint(), "A fountain pen, broad nib", price))
                .limit(3)
                .toList();
        OrderPlaced placed = new OrderPlaced(
                orderId,
                CustomerId.mint(),
                lines,
                new Money(3 * 1_999, "EUR"),
                OrderOrigin.DIRECT,
                Instant.now().plusSeconds(60),
                "5f2b7c1d9e0a4c3b8d6e1f0a2b3c4d5e");
        return new GenericDomainEventMessage<>(
                "Order",
                orderId.value(),
                sequence,
                placed,
                Map.of("requestId", CustomerId.mint().value()));
    }
}
