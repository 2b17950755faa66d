package dev.kontor.api.order;

import dev.kontor.api.catalog.Money;
import dev.kontor.api.catalog.ProductId;
import dev.kontor.api.customer.CustomerId;
import java.time.Instant;
import java.util.List;
import org.axonframework.serialization.Revision;

/** What happened to an order. */
public sealed interface OrderEvent {

    OrderId orderId();

    /** Lines carry the quoted prices; the ones that count come with {@link OrderConfirmed}. */
    @Revision("1")
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
    record OrderConfirmed(
            OrderId orderId,
            CustomerId customerId,
            OrderOrigin origin,
            List<OrderLine> lines,
            Money total,
            List<StockMovement> reservations)
            implements OrderEvent {}

    @Revision("1")
    record OrderRejected(
            OrderId orderId,
            CustomerId customerId,
            OrderOrigin origin,
            Rejection rejection,
            List<ProductId> productIds,
            Instant deadline)
            implements OrderEvent {}

    @Revision("1")
    record OrderCancelled(
            OrderId orderId,
            CustomerId customerId,
            OrderOrigin origin,
            OrderStatus before,
            List<ProductId> productIds,
            Instant deadline)
            implements OrderEvent {}

    @Revision("1")
    record OrderShipped(OrderId orderId, CustomerId customerId, List<ProductId> productIds) implements OrderEvent {}

    @Revision("1")
    record OrderDelivered(OrderId orderId, CustomerId customerId) implements OrderEvent {}

    @Revision("1")
    record OrderStockReturned(OrderId orderId, List<StockMovement> returns) implements OrderEvent {}
}
