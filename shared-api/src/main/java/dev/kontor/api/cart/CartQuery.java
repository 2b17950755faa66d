package dev.kontor.api.cart;

import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.platform.Wait;

/** What can be asked about carts, and the answers. */
public sealed interface CartQuery {

    /** Answers a {@link Shown}. */
    record FindCart(CustomerId customerId, Wait until) implements CartQuery {}

    /**
     * Waits until the cart is past a version and that order's checkout is no longer open. Answers an {@link Ended}.
     *
     * @param cartVersion the cart's version when the checkout began
     * @param millis how long at most, 0 or more
     */
    record AwaitCheckout(CustomerId customerId, OrderId orderId, long cartVersion, long millis) implements CartQuery {}

    /**
     * @param cart empty at version -1 where nothing was ever put in it
     * @param fresh whether the version waited for shows
     */
    record Shown(CartView cart, boolean fresh) {}

    /** Whether the checkout was seen to have ended, one way or the other. */
    record Ended(boolean ended) {}
}
