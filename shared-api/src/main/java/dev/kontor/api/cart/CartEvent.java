package dev.kontor.api.cart;

import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.api.platform.DescribedAs;
import java.util.List;
import org.axonframework.serialization.Revision;

/** What happened to a cart. */
public sealed interface CartEvent {

    CustomerId customerId();

    @Revision("1")
    @DescribedAs("The cart has so many of a product, whatever it had before.")
    record CartItemPut(CustomerId customerId, ProductId productId, Quantity quantity) implements CartEvent {}

    @Revision("1")
    @DescribedAs("The cart has none of a product any more.")
    record CartItemRemoved(CustomerId customerId, ProductId productId) implements CartEvent {}

    @Revision("1")
    @DescribedAs("The cart is empty.")
    record CartCleared(CustomerId customerId) implements CartEvent {}

    @Revision("1")
    @DescribedAs("The cart is on its way to become an order, with the lines it has now; it stays as it is until "
            + "that is decided.")
    record CartCheckedOut(CustomerId customerId, OrderId orderId, List<CartLine> lines) implements CartEvent {}

    @Revision("1")
    @DescribedAs("The order of a checkout was confirmed. What was ordered has left the cart; `remaining` is the "
            + "whole cart now.")
    record CheckoutCompleted(CustomerId customerId, OrderId orderId, List<CartLine> remaining) implements CartEvent {}

    @Revision("1")
    @DescribedAs("The order of a checkout was rejected or cancelled, or could not be placed; the cart can be "
            + "checked out again.")
    record CartReopened(CustomerId customerId, OrderId orderId) implements CartEvent {}
}
