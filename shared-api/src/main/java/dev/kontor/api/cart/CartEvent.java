package dev.kontor.api.cart;

import dev.kontor.api.catalog.ProductId;
import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.customer.CustomerId;
import dev.kontor.api.order.OrderId;
import java.util.List;
import org.axonframework.serialization.Revision;

/** What happened to a cart. */
public sealed interface CartEvent {

    CustomerId customerId();

    @Revision("1")
    record CartItemPut(CustomerId customerId, ProductId productId, Quantity quantity) implements CartEvent {}

    @Revision("1")
    record CartItemRemoved(CustomerId customerId, ProductId productId) implements CartEvent {}

    @Revision("1")
    record CartCleared(CustomerId customerId) implements CartEvent {}

    @Revision("1")
    record CartCheckedOut(CustomerId customerId, OrderId orderId, List<CartLine> lines) implements CartEvent {}

    /** {@code remaining} is the whole cart afterwards. */
    @Revision("1")
    record CheckoutCompleted(CustomerId customerId, OrderId orderId, List<CartLine> remaining) implements CartEvent {}

    @Revision("1")
    record CartReopened(CustomerId customerId, OrderId orderId) implements CartEvent {}
}
