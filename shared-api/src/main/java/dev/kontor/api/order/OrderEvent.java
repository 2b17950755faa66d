package dev.kontor.api.order;

import dev.kontor.api.catalog.Money;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.api.platform.DescribedAs;
import java.time.Instant;
import java.util.List;
import org.axonframework.serialization.Revision;

public sealed interface OrderEvent {

    OrderId orderId();

    @Revision("1")
    @DescribedAs(
            "A customer placed an order. Lines carry the quoted prices; the final ones come with `OrderConfirmed`. "
                    + "`expectedTotal` is null if the client expects none.")
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
    @DescribedAs("The order was rejected, for this reason. Its reservations are released.")
    record OrderRejected(
            OrderId orderId,
            CustomerId customerId,
            OrderOrigin origin,
            Rejection rejection,
            List<ProductId> productIds,
            Instant deadline)
            implements OrderEvent {}

    @Revision("2")
    @DescribedAs("An order was cancelled before it was shipped, by whom, and its status `before`. Its "
            + "reservations are released.")
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
    @DescribedAs("The order was shipped.")
    record OrderShipped(OrderId orderId, CustomerId customerId, List<ProductId> productIds) implements OrderEvent {}

    @Revision("1")
    @DescribedAs("The order was delivered to the customer.")
    record OrderDelivered(OrderId orderId, CustomerId customerId) implements OrderEvent {}

    @Revision("1")
    @DescribedAs("All units reserved for a rejected or cancelled order are available again; with the version "
            + "of each product that shows it.")
    record OrderStockReturned(OrderId orderId, List<StockMovement> returns) implements OrderEvent {}
}
