package dev.kontor.bench;

import dev.kontor.api.ids.OrderId;
import dev.kontor.api.order.OrderEvent.OrderConfirmed;
import dev.kontor.api.order.OrderEvent.OrderRejected;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.context.ApplicationContext;

/** Reports the decision on an order to the buyer that waits for it, as soon as it is in the log. */
final class Confirmations implements AutoCloseable {

    private final ConcurrentHashMap<OrderId, CompletableFuture<Boolean>> awaited = new ConcurrentHashMap<>();
    private final BlockingStream<TrackedEventMessage<?>> events;
    private final CompletableFuture<Void> reading;
    private volatile boolean closed;

    Confirmations(ApplicationContext kontor) {
        EventStore log = kontor.getBean(EventStore.class);
        this.events = log.openStream(log.createHeadToken());
        this.reading = CompletableFuture.runAsync(
                this::read, work -> Thread.ofPlatform().name("confirmations").start(work));
    }

    /** Completes with whether it was confirmed. */
    CompletableFuture<Boolean> of(OrderId orderId) {
        return awaited.computeIfAbsent(orderId, id -> new CompletableFuture<>());
    }

    private void read() {
        try {
            while (!closed) {
                if (events.hasNextAvailable(100, TimeUnit.MILLISECONDS)) {
                    switch (events.nextAvailable().getPayload()) {
                        case OrderConfirmed confirmed -> tell(confirmed.orderId(), true);
                        case OrderRejected rejected -> tell(rejected.orderId(), false);
                        default -> {
                            // Not a decision.
                        }
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(OrderId orderId, boolean isConfirmed) {
        CompletableFuture<Boolean> waiting = awaited.remove(orderId);
        if (waiting != null) {
            waiting.complete(isConfirmed);
        }
    }

    @Override
    public void close() {
        closed = true;
        reading.join();
        events.close();
    }
}
