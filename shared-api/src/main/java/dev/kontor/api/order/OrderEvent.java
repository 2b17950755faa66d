package dev.kontor.api.order;

import dev.kontor.api.catalog.Money;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.api.platform.DescribedAs;
import java.time.Instant;
import java.util.List;
import org.axonframework.serialization.Revision;

/** What happened to an order. */
public sealed interface OrderEvent {

    OrderId orderId();

    @Revision("1")
    @DescribedAs(
            "A customer wants to buy. Lines carry the quoted prices; the ones that count come with `OrderConfirmed`. `expectedTotal` is null where the client expects none.")
    record OrderPlaced(
            OrderId orderId,
            CustomerId customerId,
            List<OrderLine> lines,
            Money expectedTotal,
            OrderOrigin origin,
            Instant deadline,
            String fingerprint)
            implements OrderEvent {}

    @Revision("1")
    @DescribedAs("All stock is reserved and the order is accepted, at these prices; with the version of each "
            + "product that shows the reservation.")
    record OrderConfirmed(
            OrderId orderId,
            CustomerId customerId,
            OrderOrigin origin,
            List<OrderLine> lines,
            Money total,
            List<StockMovement> reservations)
            implements OrderEvent {}

    @Revision("1")
    @DescribedAs("The order is not accepted, and why. What was reserved for it goes back.")
    record OrderRejected(
            OrderId orderId,
            CustomerId customerId,
            OrderOrigin origin,
            Rejection rejection,
            List<ProductId> productIds,
            Instant deadline)
            implements OrderEvent {}

    @Revision("2")
    @DescribedAs("An order was cancelled before it was shipped, by whom, and what it was `before`. What was "
            + "reserved for it goes back.")
    record OrderCancelled(
            OrderId orderId,
            CustomerId customerId,
            OrderOrigin origin,
            OrderStatus before,
            CancelledBy cancelledBy,
            List<ProductId> productIds,
            Instant deadline)
            implements OrderEvent {}

    @Revision("1")
    @DescribedAs("The order has left the house.")
    record OrderShipped(OrderId orderId, CustomerId customerId, List<ProductId> productIds) implements OrderEvent {}

    @Revision("1")
    @DescribedAs("The customer has it.")
    record OrderDelivered(OrderId orderId, CustomerId customerId) implements OrderEvent {}

    @Revision("1")
    @DescribedAs("All that was reserved for a rejected or cancelled order is back on the shelf; with the version "
            + "of each product that shows it.")
    record OrderStockReturned(OrderId orderId, List<StockMovement> returns) implements OrderEvent {}
}
