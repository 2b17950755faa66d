package dev.kontor.command.order;

import dev.kontor.api.cart.CartLine;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.order.OrderEvent.OrderCancelled;
import dev.kontor.api.order.OrderEvent.OrderConfirmed;
import dev.kontor.api.order.OrderEvent.OrderPlaced;
import dev.kontor.api.order.OrderEvent.OrderRejected;
import dev.kontor.command.platform.OrderProcessing;
import java.time.Instant;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.Timestamp;
import org.springframework.stereotype.Component;

/** Maintains the index of undecided orders, in the batch in which the saga handles the same events. */
@Component
@ProcessingGroup(OrderProcessing.GROUP)
class UndecidedOrdersPolicy {

    private final UndecidedOrders undecidedOrders;

    UndecidedOrdersPolicy(UndecidedOrders undecidedOrders) {
        this.undecidedOrders = undecidedOrders;
    }

    @EventHandler
    void on(OrderPlaced event, @Timestamp Instant placedAt) {
        undecidedOrders.put(new UndecidedOrders.UndecidedOrder(
                event.orderId(),
                event.lines().stream()
                        .map(line -> new CartLine(line.productId(), line.quantity()))
                        .toList(),
                placedAt,
                event.deadline(),
                false));
    }

    @EventHandler
    void on(OrderConfirmed event) {
        close(event.orderId());
    }

    @EventHandler
    void on(OrderRejected event) {
        close(event.orderId());
    }

    @EventHandler
    void on(OrderCancelled event) {
        close(event.orderId());
    }

    /** An order that needs attention stays in the index until the sweeper has rejected it or found it decided. */
    private void close(OrderId orderId) {
        if (undecidedOrders
                .find(orderId)
                .filter(UndecidedOrders.UndecidedOrder::needsAttention)
                .isEmpty()) {
            undecidedOrders.remove(orderId);
        }
    }
}
