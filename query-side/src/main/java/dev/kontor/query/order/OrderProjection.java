package dev.kontor.query.order;

import dev.kontor.api.order.OrderEvent;
import dev.kontor.api.order.OrderEvent.OrderCancelled;
import dev.kontor.api.order.OrderEvent.OrderConfirmed;
import dev.kontor.api.order.OrderEvent.OrderDelivered;
import dev.kontor.api.order.OrderEvent.OrderPlaced;
import dev.kontor.api.order.OrderEvent.OrderRejected;
import dev.kontor.api.order.OrderEvent.OrderShipped;
import dev.kontor.api.order.OrderEvent.OrderStockReturned;
import dev.kontor.api.order.OrderStatus;
import dev.kontor.query.platform.View;
import dev.kontor.query.platform.ViewWriter;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.Timestamp;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

/** Projects the documents of orders from their events. */
@Component
@ProcessingGroup(OrderDocument.VIEW_NAME)
class OrderProjection {

    private final ViewWriter writer;

    OrderProjection(ViewWriter writer) {
        this.writer = writer;
    }

    @Bean
    static View ordersView() {
        return OrderDocument.VIEW;
    }

    @EventHandler
    void on(OrderPlaced event, @SequenceNumber long version, @Timestamp Instant at) {
        change(event, version, none -> OrderDocument.of(event, at, version));
    }

    @EventHandler
    void on(OrderConfirmed event, @SequenceNumber long version) {
        change(event, version, before -> before.confirmed(event, version));
    }

    @EventHandler
    void on(OrderRejected event, @SequenceNumber long version) {
        change(event, version, before -> before.rejected(event.rejection(), version));
    }

    @EventHandler
    void on(OrderCancelled event, @SequenceNumber long version) {
        change(event, version, before -> before.status(OrderStatus.CANCELLED, version));
    }

    @EventHandler
    void on(OrderShipped event, @SequenceNumber long version) {
        change(event, version, before -> before.status(OrderStatus.SHIPPED, version));
    }

    @EventHandler
    void on(OrderDelivered event, @SequenceNumber long version) {
        change(event, version, before -> before.status(OrderStatus.DELIVERED, version));
    }

    @EventHandler
    void on(OrderStockReturned event, @SequenceNumber long version) {
        change(event, version, before -> before.returned(event.returns(), version));
    }

    private void change(OrderEvent event, long version, UnaryOperator<OrderDocument> change) {
        writer.at(OrderDocument.ORDERS, event.orderId().value(), version, change);
    }
}
