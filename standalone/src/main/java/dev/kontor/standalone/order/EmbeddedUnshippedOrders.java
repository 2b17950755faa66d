package dev.kontor.standalone.order;

import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.command.order.UnshippedOrders;
import dev.kontor.store.DiskColumn;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The index of unshipped orders, in the database of the log: a row {@code customer/order} with its units, in eight
 * bytes. Memory holds only one sum per customer, computed at start and updated with the rows.
 */
final class EmbeddedUnshippedOrders implements UnshippedOrders {

    private final DiskColumn column;
    private final Map<String, Sum> sums = new ConcurrentHashMap<>();

    EmbeddedUnshippedOrders(DiskColumn column) {
        this.column = column;
        column.read((key, row) -> add(key.substring(0, key.indexOf('/')), decode(row)));
    }

    @Override
    public void put(OrderId orderId, CustomerId customerId, long units) {
        String key = key(orderId, customerId);
        if (column.get(key).isEmpty()) {
            byte[] row = ByteBuffer.allocate(Long.BYTES).putLong(units).array();
            column.put(key, row, () -> add(customerId.value(), decode(row)));
        }
    }

    @Override
    public void remove(OrderId orderId, CustomerId customerId) {
        String key = key(orderId, customerId);
        column.get(key).ifPresent(row -> column.delete(key, () -> subtract(customerId.value(), decode(row))));
    }

    @Override
    public Sum of(CustomerId customerId, Set<OrderId> besides) {
        // Rows first: an order added in between is then counted twice rather than not at all.
        Sum left = besides.stream()
                .map(order -> column.get(key(order, customerId)))
                .flatMap(Optional::stream)
                .map(EmbeddedUnshippedOrders::decode)
                .reduce(Sum.NONE, Sum::plus);
        return sums.getOrDefault(customerId.value(), Sum.NONE).minus(left);
    }

    private void add(String customerId, Sum more) {
        sums.merge(customerId, more, Sum::plus);
    }

    private void subtract(String customerId, Sum less) {
        sums.computeIfPresent(customerId, (customer, sum) -> {
            Sum after = sum.minus(less);
            return after.orders() == 0 ? null : after;
        });
    }

    private static String key(OrderId orderId, CustomerId customerId) {
        return customerId + "/" + orderId;
    }

    private static Sum decode(byte[] row) {
        return new Sum(1, ByteBuffer.wrap(row).getLong());
    }
}
