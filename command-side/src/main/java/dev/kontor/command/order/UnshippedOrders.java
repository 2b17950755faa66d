package dev.kontor.command.order;

import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import java.util.Set;

/**
 * The command side's own index of each customer's unshipped orders: placed or confirmed, and neither rejected,
 * cancelled nor shipped. A processor of its own reads it from the log. Writes by an event handler are durable no later
 * than the processor's token: with it if both are in one store, else before it.
 */
public interface UnshippedOrders {

    /** The number of orders, and of their units. */
    record Sum(long orders, long units) {

        public static final Sum NONE = new Sum(0, 0);

        public Sum plus(Sum other) {
            return new Sum(orders + other.orders, units + other.units);
        }

        public Sum minus(Sum other) {
            return new Sum(orders - other.orders, units - other.units);
        }
    }

    /** Idempotent. */
    void put(OrderId orderId, CustomerId customerId, long units);

    /** Idempotent. */
    void remove(OrderId orderId, CustomerId customerId);

    /** A customer's open orders, without these. */
    Sum of(CustomerId customerId, Set<OrderId> besides);
}
