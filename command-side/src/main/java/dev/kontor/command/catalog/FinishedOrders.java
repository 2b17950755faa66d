package dev.kontor.command.catalog;

import dev.kontor.api.ids.OrderId;
import dev.kontor.command.catalog.ProductState.Finished;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Orders that are finished with a product, so that a late or repeated reservation is refused. Each is remembered at
 * least until its deadline; after that a reservation is refused as late anyway.
 *
 * <p>They arrive nearly in the order of their deadlines, so only the oldest are checked for expiry: adding one costs
 * the same for any number of orders. An order with a far deadline delays the removal of those behind it.
 */
final class FinishedOrders {

    private final Map<OrderId, Instant> deadlines = new LinkedHashMap<>();

    boolean contains(OrderId orderId) {
        return deadlines.containsKey(orderId);
    }

    /** Adds an order, and removes those whose deadline has passed. */
    void add(OrderId orderId, Instant deadline, Instant now) {
        Iterator<Instant> oldestFirst = deadlines.values().iterator();
        while (oldestFirst.hasNext() && oldestFirst.next().isBefore(now)) {
            oldestFirst.remove();
        }
        // Moves an order that was there already to the end: with a later deadline it would delay the removal of others.
        deadlines.remove(orderId);
        deadlines.put(orderId, deadline);
    }

    /** Restores an entry that {@link #forEach} passed to a snapshot. */
    void restore(OrderId orderId, Instant deadline) {
        deadlines.put(orderId, deadline);
    }

    int size() {
        return deadlines.size();
    }

    /** Oldest first. */
    List<Finished> state() {
        List<Finished> state = new ArrayList<>(deadlines.size());
        deadlines.forEach((order, deadline) -> state.add(new Finished(order, deadline)));
        return state;
    }

    void forEach(BiConsumer<OrderId, Instant> reader) {
        deadlines.forEach(reader);
    }
}
