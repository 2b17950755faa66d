package dev.kontor.api.cart;

import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What can be asked of a cart. Each answers the cart's version afterwards where nothing else is said. */
public sealed interface CartCommand {

    /** Lines in a cart, and in an order. */
    int MOST_LINES = 100;

    CustomerId customerId();

    @TargetAggregateIdentifier
    default CartId cartId() {
        return new CartId(customerId());
    }

    /** The line's quantity from now on, whatever it was. */
    record PutCartItem(CustomerId customerId, ProductId productId, Quantity quantity) implements CartCommand {}

    record RemoveCartItem(CustomerId customerId, ProductId productId) implements CartCommand {}

    record ClearCart(CustomerId customerId) implements CartCommand {}

    /**
     * Answers a {@link Checkout}: the same while one is open.
     *
     * @param mostUnits how many units the customer may order now; null for no bound, from a process that knows of none
     */
    record CheckOutCart(CustomerId customerId, Long mostUnits) implements CartCommand {}

    /** Answers whether this checkout is still open, so that its order may be about to be placed. Changes nothing. */
    record RecallCheckout(CustomerId customerId, OrderId orderId) implements CartCommand {}

    /** Takes out what was ordered; what was put since stays. */
    record CompleteCheckout(CustomerId customerId, OrderId orderId) implements CartCommand {}

    /** The order did not come about: the cart is as it was, and can be checked out again. */
    record ReopenCart(CustomerId customerId, OrderId orderId) implements CartCommand {}
}
