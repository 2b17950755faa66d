package dev.kontor.command.order;

import dev.kontor.api.cart.CartLine;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.order.OrderEvent.OrderCancelled;
import dev.kontor.api.order.OrderEvent.OrderConfirmed;
import dev.kontor.api.order.OrderEvent.OrderPlaced;
import dev.kontor.api.order.OrderEvent.OrderRejected;
import dev.kontor.command.order.UndecidedOrders.UndecidedOrder;
import dev.kontor.command.platform.OrderProcessing;
import java.time.Instant;
import java.util.function.Consumer;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.Timestamp;
import org.springframework.stereotype.Component;

/** Maintains the index of undecided orders, in the batch in which the saga handles the same events. */
@Component
@ProcessingGroup(OrderProcessing.GROUP)
class UndecidedOrdersPolicy {

    private final UndecidedOrders undecidedOrders;
    private final DecidedOrders decided;

    UndecidedOrdersPolicy(UndecidedOrders undecidedOrders, DecidedOrders decided) {
        this.undecidedOrders = undecidedOrders;
        this.decided = decided;
    }

    @EventHandler
    void on(OrderPlaced event, @Timestamp Instant placedAt) {
        undecidedOrders.put(new UndecidedOrder(
                event.orderId(),
                event.lines().stream()
                        .map(line -> new CartLine(line.productId(), line.quantity()))
                        .toList(),
                placedAt,
                event.deadline(),
                false));
    }

    @EventHandler
    void on(OrderConfirmed event, @Timestamp Instant at) {
        close(event.orderId(), order -> decided.confirmed(order.placedAt(), at));
    }

    @EventHandler
    void on(OrderRejected event, @Timestamp Instant at) {
        close(event.orderId(), order -> decided.rejected(event.rejection(), order.placedAt(), at));
    }

    @EventHandler
    void on(OrderCancelled event) {
        close(event.orderId(), order -> {});
    }

    /** An order that needs attention stays in the index until the sweeper has rejected it or found it decided. */
    private void close(OrderId orderId, Consumer<UndecidedOrder> closed) {
        undecidedOrders.find(orderId).ifPresent(order -> {
            closed.accept(order);
            if (!order.needsAttention()) {
                undecidedOrders.remove(orderId);
            }
        });
    }
}
