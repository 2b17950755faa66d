package dev.kontor.standalone.order;

import dev.kontor.api.order.OrderId;
import dev.kontor.command.order.OpenOrders;
import dev.kontor.store.Column;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** The index of open orders, beside the log in the same database. */
final class BookOpenOrders implements OpenOrders {

    private final Column column;
    private final JsonMapper json = JsonMapper.builder().build();

    BookOpenOrders(Column column) {
        this.column = column;
    }

    @Override
    public void put(OpenOrder order) {
        column.put(order.orderId().value(), json.writeValueAsBytes(order));
    }

    @Override
    public void remove(OrderId orderId) {
        column.delete(orderId.value());
    }

    @Override
    public Optional<OpenOrder> find(OrderId orderId) {
        return column.get(orderId.value()).map(this::read);
    }

    @Override
    public List<OpenOrder> all() {
        return column.entries().values().stream().map(this::read).toList();
    }

    private OpenOrder read(byte[] bytes) {
        return json.readValue(bytes, OpenOrder.class);
    }
}
