package dev.kontor.bench.http;

import dev.kontor.store.LogReader;
import dev.kontor.store.LoggedEvent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** Where the time of an order goes: the times of its events in the log, between those that the client has noted. */
final class OrderPath implements LogReader.Visitor {

    private final Map<String, Times> orders = new HashMap<>();

    /** A part of the path of an order, one after the other. */
    record Hop(String name, Latencies times) {}

    /** Microseconds since 1970; 0 for what is not known. */
    private static final class Times {
        private final OrderTimes.Order order;
        private long placed;
        private long reserved;
        private long confirmed;

        Times(OrderTimes.Order order) {
            this.order = order;
        }

        boolean isComplete() {
            return placed > 0 && reserved > 0 && confirmed > 0;
        }
    }

    private OrderPath(List<OrderTimes.Order> orders) {
        orders.forEach(order -> this.orders.put(order.id(), new Times(order)));
    }

    /**
     * @param log the folder of a stopped Kontor's log
     * @param from the position from which the orders are in it
     */
    static List<Hop> of(Path log, long from, List<OrderTimes.Order> orders) {
        OrderPath path = new OrderPath(orders);
        try (LogReader reader = LogReader.open(log)) {
            reader.read(from, path);
        }
        return path.hops();
    }

    @Override
    public void event(LoggedEvent event) {
        switch (event.type()) {
            case "order.OrderPlaced" -> note(event.aggregateId(), order -> order.placed = micros(event.time()));
            case "catalog.StockReserved" ->
                note(
                        Json.tree(event.payload()).required("orderId").asString(),
                        order -> order.reserved = micros(event.time()));
            case "order.OrderConfirmed" -> note(event.aggregateId(), order -> order.confirmed = micros(event.time()));
            default -> {
                // Not a step of an order.
            }
        }
    }

    @Override
    public void damage(long position, String what) {
        throw new IllegalStateException("The event at position %d %s".formatted(position, what));
    }

    private void note(String orderId, Consumer<Times> noted) {
        Times order = orders.get(orderId);
        if (order != null) {
            noted.accept(order);
        }
    }

    private static long micros(Instant time) {
        return OrderTimes.micros(time);
    }

    private List<Hop> hops() {
        return Stream.of(
                        hop("HTTP, gRPC, quote: from the request to OrderPlaced", o -> o.placed - o.order.sent()),
                        hop("append, sync, saga: from OrderPlaced to StockReserved", o -> o.reserved - o.placed),
                        hop("saga: from StockReserved to OrderConfirmed", o -> o.confirmed - o.reserved),
                        hop(
                                "append, sync, projection, HTTP: from OrderConfirmed to the answer",
                                o -> o.order.answered() - o.confirmed))
                .filter(hop -> hop.times().count() > 0)
                .toList();
    }

    private Hop hop(String name, ToLongFunction<Times> micros) {
        Histogram all = new Histogram(Latencies.LONGEST_MICROS, Latencies.DIGITS);
        orders.values().stream()
                .filter(Times::isComplete)
                .mapToLong(micros)
                .forEach(took -> all.recordValue(Math.clamp(took, 0, Latencies.LONGEST_MICROS)));
        return new Hop(name, Latencies.of(all));
    }
}
