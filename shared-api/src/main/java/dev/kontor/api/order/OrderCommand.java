package dev.kontor.api.order;

import dev.kontor.api.Precondition;
import dev.kontor.api.catalog.Money;
import dev.kontor.api.customer.Actor;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import java.time.Instant;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Commands of an order. Each returns the order's version afterwards, except {@link ConfirmOrder} and
 * {@link RejectOrder}. A precondition is of the order's version, and null for none.
 */
public sealed interface OrderCommand {

    OrderId orderId();

    /**
     * @param expectedTotal null if the client expects none
     * @param deadline until when stock can be reserved for it
     * @param fingerprint of the request, to recognise a repeat
     */
    record PlaceOrder(
            @TargetAggregateIdentifier OrderId orderId,
            CustomerId customerId,
            List<OrderLine> lines,
            Money expectedTotal,
            OrderOrigin origin,
            Instant deadline,
            String fingerprint)
            implements OrderCommand {}

    /** Changes nothing; returns the version of an order that was placed before with this fingerprint. */
    record RecallOrder(@TargetAggregateIdentifier OrderId orderId, CustomerId customerId, String fingerprint)
            implements OrderCommand {}

    /**
     * Every line is reserved, at these prices. Rejects the order if the total is not the expected one. Returns the
     * {@link OrderStatus} afterwards.
     */
    record ConfirmOrder(
            @TargetAggregateIdentifier OrderId orderId, List<OrderLine> lines, List<StockMovement> reservations)
            implements OrderCommand {}

    /** Returns the {@link OrderStatus} afterwards: a late caller learns the decision. */
    record RejectOrder(@TargetAggregateIdentifier OrderId orderId, Rejection rejection) implements OrderCommand {}

    record CancelOrder(@TargetAggregateIdentifier OrderId orderId, Actor by, Precondition precondition)
            implements OrderCommand {

        public CancelOrder(OrderId orderId, Actor by) {
            this(orderId, by, null);
        }
    }

    record ShipOrder(@TargetAggregateIdentifier OrderId orderId, Precondition precondition) implements OrderCommand {

        public ShipOrder(OrderId orderId) {
            this(orderId, null);
        }
    }

    record DeliverOrder(@TargetAggregateIdentifier OrderId orderId, Precondition precondition) implements OrderCommand {

        public DeliverOrder(OrderId orderId) {
            this(orderId, null);
        }
    }

    /** All stock of a rejected or cancelled order is available again. */
    record RecordStockReturn(@TargetAggregateIdentifier OrderId orderId, List<StockMovement> returns)
            implements OrderCommand {}
}
