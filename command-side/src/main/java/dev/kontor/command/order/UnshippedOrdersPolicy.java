package dev.kontor.command.order;

import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.order.OrderEvent.OrderCancelled;
import dev.kontor.api.order.OrderEvent.OrderPlaced;
import dev.kontor.api.order.OrderEvent.OrderRejected;
import dev.kontor.api.order.OrderEvent.OrderShipped;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.springframework.stereotype.Component;

@Component
@ProcessingGroup(UnshippedOrdersProcessing.GROUP)
class UnshippedOrdersPolicy {

    private final UnshippedOrders orders;
    private final OrderBounds bounds;

    UnshippedOrdersPolicy(UnshippedOrders orders, OrderBounds bounds) {
        this.orders = orders;
        this.bounds = bounds;
    }

    @EventHandler
    void on(OrderPlaced event) {
        long units = event.lines().stream()
                .mapToLong(line -> line.quantity().value())
                .sum();
        orders.put(event.orderId(), event.customerId(), units);
        nowInTheIndex(event.orderId(), event.customerId());
    }

    @EventHandler
    void on(OrderRejected event) {
        remove(event.orderId(), event.customerId());
    }

    @EventHandler
    void on(OrderCancelled event) {
        remove(event.orderId(), event.customerId());
    }

    @EventHandler
    void on(OrderShipped event) {
        remove(event.orderId(), event.customerId());
    }

    private void remove(OrderId orderId, CustomerId customerId) {
        orders.remove(orderId, customerId);
        nowInTheIndex(orderId, customerId);
    }

    /** Only after the commit: before it, neither the index nor the bounds would count the order. */
    private void nowInTheIndex(OrderId orderId, CustomerId customerId) {
        if (CurrentUnitOfWork.isStarted()) {
            CurrentUnitOfWork.get().afterCommit(unitOfWork -> bounds.forget(orderId, customerId));
        } else {
            bounds.forget(orderId, customerId);
        }
    }
}
