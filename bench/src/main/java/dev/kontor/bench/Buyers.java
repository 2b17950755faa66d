package dev.kontor.bench;

import dev.kontor.api.cart.CartLine;
import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.api.order.OrderOrigin;
import dev.kontor.command.order.OrderPlacement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.springframework.context.ApplicationContext;

/** Customers who buy one unit at a time, each waiting for the last order before the next. */
final class Buyers {

    private final OrderPlacement placement;
    private final Confirmations confirmations;
    private final List<ProductId> products;

    Buyers(ApplicationContext kontor, Confirmations confirmations, List<ProductId> products) {
        this.placement = kontor.getBean(OrderPlacement.class);
        this.confirmations = confirmations;
        this.products = products;
    }

    Result buy(int customers, Duration time) {
        ConcurrentLinkedQueue<Long> latencies = new ConcurrentLinkedQueue<>();
        long begin = System.nanoTime();
        long end = begin + time.toNanos();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Stream.generate(() -> CompletableFuture.runAsync(() -> shop(end, latencies), threads))
                    .limit(customers)
                    .toList()
                    .forEach(CompletableFuture::join);
        }
        long elapsed = System.nanoTime() - begin;
        return new Result(latencies.stream().mapToLong(Long::longValue).sorted().toArray(), elapsed);
    }

    private void shop(long end, ConcurrentLinkedQueue<Long> latencies) {
        CustomerId customer = CustomerId.mint();
        while (System.nanoTime() < end) {
            OrderId orderId = OrderId.mint();
            CompletableFuture<Boolean> confirmed = confirmations.of(orderId);
            ProductId product = products.get(ThreadLocalRandom.current().nextInt(products.size()));
            long placed = System.nanoTime();
            placement.place(
                    orderId, customer, List.of(new CartLine(product, new Quantity(1))), null, OrderOrigin.DIRECT);
            confirmed.join();
            latencies.add(System.nanoTime() - placed);
        }
    }
}
