package dev.kontor.api.order;

import dev.kontor.api.catalog.Money;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import java.time.Instant;
import java.util.List;

/**
 * An order as its view shows it.
 *
 * @param lines at the quoted prices until the order is confirmed, then at the final ones
 * @param total null if the lines are in several currencies, as in orders from before the shop's was fixed
 * @param rejection null if it is not rejected
 */
public record OrderView(
        OrderId id,
        CustomerId customerId,
        OrderStatus status,
        List<OrderLine> lines,
        Money total,
        Instant placedAt,
        Rejection rejection,
        long version) {

    public OrderView {
        lines = List.copyOf(lines);
    }
}
