package dev.kontor.command.order;

import dev.kontor.api.ids.OrderId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An in-memory index of open orders. */
final class InMemoryUndecidedOrders implements UndecidedOrders {

    private final Map<OrderId, UndecidedOrder> orders = new LinkedHashMap<>();

    @Override
    public void put(UndecidedOrder order) {
        orders.put(order.orderId(), order);
    }

    @Override
    public void remove(OrderId orderId) {
        orders.remove(orderId);
    }

    @Override
    public Optional<UndecidedOrder> find(OrderId orderId) {
        return Optional.ofNullable(orders.get(orderId));
    }

    @Override
    public List<UndecidedOrder> all() {
        return List.copyOf(orders.values());
    }
}
