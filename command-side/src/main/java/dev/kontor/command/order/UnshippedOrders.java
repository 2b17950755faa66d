package dev.kontor.command.order;

import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import java.util.Set;

/**
 * The command side's own index of what each customer has ordered and has not got yet: orders that are placed or confirmed,
 * and neither rejected, cancelled nor shipped. It is read off the log by a processor of its own. Writes made while an event
 * is handled are durable before that event's place in the log is: with it where both are in one store, else ahead of it.
 */
public interface UnshippedOrders {

    /** How many orders, and how many units in all of them. */
    record Sum(long orders, long units) {

        public static final Sum NONE = new Sum(0, 0);

        public Sum plus(Sum other) {
            return new Sum(orders + other.orders, units + other.units);
        }

        public Sum minus(Sum other) {
            return new Sum(orders - other.orders, units - other.units);
        }
    }

    /** A repeat changes nothing. */
    void put(OrderId orderId, CustomerId customerId, long units);

    /** A repeat changes nothing. */
    void remove(OrderId orderId, CustomerId customerId);

    /** What a customer has open, besides these orders. */
    Sum of(CustomerId customerId, Set<OrderId> besides);
}
