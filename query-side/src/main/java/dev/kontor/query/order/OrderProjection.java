package dev.kontor.query.order;

import static dev.kontor.query.order.OrderDocument.CUSTOMER_ID;
import static dev.kontor.query.order.OrderDocument.LINES;
import static dev.kontor.query.order.OrderDocument.PLACED_AT;
import static dev.kontor.query.order.OrderDocument.REJECTION;
import static dev.kontor.query.order.OrderDocument.RESERVATIONS;
import static dev.kontor.query.order.OrderDocument.RETURNS;
import static dev.kontor.query.order.OrderDocument.STATUS;
import static dev.kontor.query.order.OrderDocument.TOTAL;

import dev.kontor.api.order.OrderEvent;
import dev.kontor.api.order.OrderEvent.OrderCancelled;
import dev.kontor.api.order.OrderEvent.OrderConfirmed;
import dev.kontor.api.order.OrderEvent.OrderDelivered;
import dev.kontor.api.order.OrderEvent.OrderPlaced;
import dev.kontor.api.order.OrderEvent.OrderRejected;
import dev.kontor.api.order.OrderEvent.OrderShipped;
import dev.kontor.api.order.OrderEvent.OrderStockReturned;
import dev.kontor.api.order.OrderLine;
import dev.kontor.api.order.OrderStatus;
import dev.kontor.query.Change;
import dev.kontor.query.View;
import dev.kontor.query.ViewWriter;
import java.time.Instant;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventhandling.TrackingToken;
import org.springframework.stereotype.Component;

/** Reads orders off the log, and lists them under the customer who placed them and the sellers of their lines. */
@Component
@ProcessingGroup(View.ORDERS_NAME)
class OrderProjection {

    private final ViewWriter writer;

    OrderProjection(ViewWriter writer) {
        this.writer = writer;
    }

    @EventHandler
    void on(OrderPlaced event, @SequenceNumber long version, @Timestamp Instant at, TrackingToken position) {
        Change order = change(event, version)
                .set(CUSTOMER_ID, event.customerId().value())
                .set(STATUS, OrderStatus.PLACED.name())
                .set(LINES, OrderDocument.lines(event.lines()))
                .set(PLACED_AT, at.toEpochMilli());
        // An order from before the shop's currency was fixed may be in several, and has no sum.
        if (OrderLine.currencies(event.lines()).size() == 1) {
            order.set(TOTAL, OrderDocument.money(OrderLine.total(event.lines())));
        }
        list(OrderBucket.of(OrderBucket.customer(event.customerId()), at, position), event, at);
        event.lines().stream()
                .map(OrderLine::sellerId)
                .distinct()
                .forEach(seller -> list(OrderBucket.of(OrderBucket.seller(seller), at, position), event, at));
    }

    @EventHandler
    void on(OrderConfirmed event, @SequenceNumber long version) {
        change(event, version)
                .set(STATUS, OrderStatus.CONFIRMED.name())
                .set(LINES, OrderDocument.lines(event.lines()))
                .set(TOTAL, OrderDocument.money(event.total()))
                .set(RESERVATIONS, OrderDocument.movements(event.reservations()));
    }

    @EventHandler
    void on(OrderRejected event, @SequenceNumber long version) {
        change(event, version)
                .set(STATUS, OrderStatus.REJECTED.name())
                .set(REJECTION, OrderDocument.rejection(event.rejection()));
    }

    @EventHandler
    void on(OrderCancelled event, @SequenceNumber long version) {
        change(event, version).set(STATUS, OrderStatus.CANCELLED.name());
    }

    @EventHandler
    void on(OrderShipped event, @SequenceNumber long version) {
        change(event, version).set(STATUS, OrderStatus.SHIPPED.name());
    }

    @EventHandler
    void on(OrderDelivered event, @SequenceNumber long version) {
        change(event, version).set(STATUS, OrderStatus.DELIVERED.name());
    }

    @EventHandler
    void on(OrderStockReturned event, @SequenceNumber long version) {
        change(event, version).set(RETURNS, OrderDocument.movements(event.returns()));
    }

    private Change change(OrderEvent event, long version) {
        return writer.at(View.ORDERS, event.orderId().value(), version);
    }

    private void list(OrderBucket bucket, OrderPlaced event, Instant at) {
        writer.lasting(View.ORDER_LISTS, bucket.partId())
                .set(OrderBucket.ENTRIES + "." + event.orderId(), at.toEpochMilli());
        writer.lasting(View.ORDER_LISTS, bucket.dayId()).member(OrderBucket.PARTS, Long.toString(bucket.part()));
        writer.lasting(View.ORDER_LISTS, bucket.headId())
                .member(OrderBucket.DAYS, bucket.day().toString());
    }
}
