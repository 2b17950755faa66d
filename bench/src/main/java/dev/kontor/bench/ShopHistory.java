package dev.kontor.bench;

import dev.kontor.api.catalog.Description;
import dev.kontor.api.catalog.Money;
import dev.kontor.api.catalog.ProductEvent;
import dev.kontor.api.catalog.ProductEvent.ProductListed;
import dev.kontor.api.catalog.ProductEvent.StockCommitted;
import dev.kontor.api.catalog.ProductEvent.StockReleased;
import dev.kontor.api.catalog.ProductEvent.StockReservationRefused;
import dev.kontor.api.catalog.ProductEvent.StockReserved;
import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.catalog.StockLevel;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.api.order.OrderEvent;
import dev.kontor.api.order.OrderEvent.OrderConfirmed;
import dev.kontor.api.order.OrderEvent.OrderDelivered;
import dev.kontor.api.order.OrderEvent.OrderPlaced;
import dev.kontor.api.order.OrderEvent.OrderRejected;
import dev.kontor.api.order.OrderEvent.OrderShipped;
import dev.kontor.api.order.OrderEvent.OrderStockReturned;
import dev.kontor.api.order.OrderLine;
import dev.kontor.api.order.OrderOrigin;
import dev.kontor.api.order.Rejection;
import dev.kontor.api.order.StockMovement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.MetaData;

/**
 * The history of a busy shop, event by event as the aggregates would have written it: orders of one or two lines, one
 * in fifty of which asks for a missing product, and a quarter is shipped and delivered. The same seed makes the same
 * history, except for ids and times.
 */
final class ShopHistory {

    private static final int CUSTOMERS = 1_000;
    private static final int PRODUCTS = 500;
    private static final long IN_STOCK = 1_000_000_000L;
    private static final Duration BETWEEN_ORDERS = Duration.ofMillis(200);
    private static final Duration TIME_TO_DECIDE = Duration.ofSeconds(60);

    private static final class Shelf {
        private final OrderLine sample;
        private StockLevel stock;
        private long version;

        private Shelf(OrderLine sample, StockLevel stock) {
            this.sample = sample;
            this.stock = stock;
        }

        private ProductId id() {
            return sample.productId();
        }
    }

    private final Random random = new Random(1);
    private final Consumer<DomainEventMessage<?>> log;
    private final List<CustomerId> customers;
    private final List<Shelf> shelves;
    private Instant now;
    private Map<String, ?> metadata = Map.of();

    /** @param orders the number of orders, so that the last of them is placed about now */
    ShopHistory(Consumer<DomainEventMessage<?>> log, long orders) {
        this.log = log;
        this.now = Instant.now().minus(BETWEEN_ORDERS.multipliedBy(orders)).minus(TIME_TO_DECIDE.multipliedBy(5));
        this.customers =
                IntStream.range(0, CUSTOMERS).mapToObj(i -> CustomerId.mint()).toList();
        this.shelves = IntStream.range(0, PRODUCTS).mapToObj(this::list).toList();
    }

    private Shelf list(int number) {
        // One in a hundred is never in stock.
        StockLevel stock = new StockLevel(number % 100 == 0 ? 0 : IN_STOCK, 0);
        Description description = new Description("Thing " + number, "One of many.", "Shelf " + number % 20);
        OrderLine sample = new OrderLine(
                ProductId.mint(),
                new Quantity(1),
                customers.get(number % 10),
                description.title(),
                new Money(100 + number, "EUR"));
        Shelf shelf = new Shelf(sample, stock);
        append(
                "Product",
                shelf.id().value(),
                0,
                new ProductListed(shelf.id(), sample.sellerId(), description, sample.unitPrice(), stock));
        return shelf;
    }

    void order() {
        now = now.plus(BETWEEN_ORDERS);
        metadata = Map.of(
                "requestId",
                UUID.randomUUID().toString(),
                "correlationId",
                UUID.randomUUID().toString());
        OrderId orderId = OrderId.mint();
        CustomerId customer = customers.get(random.nextInt(CUSTOMERS));
        Instant deadline = now.plus(TIME_TO_DECIDE);
        List<Shelf> wanted = random.ints(0, PRODUCTS)
                .distinct()
                .limit(1 + random.nextInt(4) / 3)
                .mapToObj(shelves::get)
                .toList();
        List<OrderLine> lines = wanted.stream().map(shelf -> shelf.sample).toList();
        order(
                orderId,
                0,
                new OrderPlaced(
                        orderId,
                        customer,
                        lines,
                        null,
                        OrderOrigin.DIRECT,
                        deadline,
                        UUID.randomUUID().toString()));
        List<Shelf> held = new ArrayList<>();
        List<Rejection.Line> refused = new ArrayList<>();
        List<StockMovement> reservations = new ArrayList<>();
        for (Shelf shelf : wanted) {
            if (shelf.stock.available() == 0) {
                product(
                        shelf,
                        shelf.stock,
                        new StockReservationRefused(
                                shelf.id(), orderId, new Quantity(1), "insufficient-stock", deadline, shelf.stock));
                refused.add(new Rejection.Line(shelf.id(), "insufficient-stock", 0));
            } else {
                StockLevel after = shelf.stock.reserve(1);
                OrderLine line = shelf.sample;
                product(
                        shelf,
                        after,
                        new StockReserved(
                                shelf.id(),
                                orderId,
                                line.quantity(),
                                line.sellerId(),
                                line.title(),
                                line.unitPrice(),
                                deadline,
                                after));
                held.add(shelf);
                reservations.add(new StockMovement(shelf.id(), shelf.version));
            }
        }
        List<ProductId> productIds = wanted.stream().map(Shelf::id).toList();
        if (refused.isEmpty()) {
            order(
                    orderId,
                    1,
                    new OrderConfirmed(
                            orderId, customer, OrderOrigin.DIRECT, lines, OrderLine.total(lines), reservations));
            if (random.nextInt(4) == 0) {
                order(orderId, 2, new OrderShipped(orderId, customer, productIds));
                held.forEach(shelf -> {
                    StockLevel after = shelf.stock.commit(1);
                    product(shelf, after, new StockCommitted(shelf.id(), orderId, 1, after));
                });
                order(orderId, 3, new OrderDelivered(orderId, customer));
            }
        } else {
            order(
                    orderId,
                    1,
                    new OrderRejected(
                            orderId, customer, OrderOrigin.DIRECT, Rejection.ofLines(refused), productIds, deadline));
            held.forEach(shelf -> {
                StockLevel after = shelf.stock.release(1);
                product(shelf, after, new StockReleased(shelf.id(), orderId, 1, deadline, after));
            });
            order(
                    orderId,
                    2,
                    new OrderStockReturned(
                            orderId,
                            wanted.stream()
                                    .map(shelf -> new StockMovement(shelf.id(), shelf.version))
                                    .toList()));
        }
    }

    private void order(OrderId orderId, long sequence, OrderEvent event) {
        append("Order", orderId.value(), sequence, event);
    }

    private void product(Shelf shelf, StockLevel after, ProductEvent event) {
        shelf.stock = after;
        append("Product", shelf.id().value(), ++shelf.version, event);
    }

    private void append(String type, String id, long sequence, Object event) {
        log.accept(new GenericDomainEventMessage<>(
                type,
                id,
                sequence,
                event,
                MetaData.from(metadata),
                UUID.randomUUID().toString(),
                now));
    }
}
