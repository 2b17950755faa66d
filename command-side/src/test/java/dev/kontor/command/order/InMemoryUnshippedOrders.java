package dev.kontor.command.order;

import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** An in-memory index of unshipped orders. */
final class InMemoryUnshippedOrders implements UnshippedOrders {

    private record Row(CustomerId customerId, long units) {}

    private final Map<OrderId, Row> rows = new LinkedHashMap<>();

    @Override
    public void put(OrderId orderId, CustomerId customerId, long units) {
        rows.put(orderId, new Row(customerId, units));
    }

    @Override
    public void remove(OrderId orderId, CustomerId customerId) {
        rows.remove(orderId);
    }

    @Override
    public Sum of(CustomerId customerId, Set<OrderId> besides) {
        return rows.entrySet().stream()
                .filter(row -> row.getValue().customerId().equals(customerId) && !besides.contains(row.getKey()))
                .map(row -> new Sum(1, row.getValue().units()))
                .reduce(Sum.NONE, Sum::plus);
    }
}
