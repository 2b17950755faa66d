package dev.kontor.command.order;

import dev.kontor.api.cart.CartLine;
import dev.kontor.api.ids.OrderId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The command side's own index of undecided orders. Writes by an event handler are durable no later than the
 * processor's token: with it if both are in one store, else before it.
 */
public interface UndecidedOrders {

    /**
     * @param placedAt when it was placed
     * @param deadline until when its stock can be reserved
     * @param needsAttention whether an event of it could not be handled by its saga and is a dead letter
     */
    record UndecidedOrder(
            OrderId orderId, List<CartLine> lines, Instant placedAt, Instant deadline, boolean needsAttention) {

        UndecidedOrder inNeedOfAttention() {
            return new UndecidedOrder(orderId, lines, placedAt, deadline, true);
        }
    }

    void put(UndecidedOrder order);

    void remove(OrderId orderId);

    Optional<UndecidedOrder> find(OrderId orderId);

    /** Every undecided order, in no order. */
    List<UndecidedOrder> all();
}
