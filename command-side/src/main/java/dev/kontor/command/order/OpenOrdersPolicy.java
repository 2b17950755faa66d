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

/** Maintains the index of open orders, in the batch in which the saga handles the same events. */
@Component
@ProcessingGroup(OrderProcessing.GROUP)
class OpenOrdersPolicy {

    private final OpenOrders openOrders;

    OpenOrdersPolicy(OpenOrders openOrders) {
        this.openOrders = openOrders;
    }

    @EventHandler
    void on(OrderPlaced event, @Timestamp Instant placedAt) {
        openOrders.put(new OpenOrders.OpenOrder(
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
        if (openOrders
                .find(orderId)
                .filter(OpenOrders.OpenOrder::needsAttention)
                .isEmpty()) {
            openOrders.remove(orderId);
        }
    }
}
