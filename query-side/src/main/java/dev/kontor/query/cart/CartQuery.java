package dev.kontor.query.cart;

import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.proto.Money;
import dev.kontor.proto.cart.Cart;
import dev.kontor.proto.cart.CartItem;
import dev.kontor.query.platform.Wait;
import java.util.List;
import java.util.SequencedMap;

sealed interface CartQuery {

    /** Returns a {@link Shown}. */
    record FindCart(CustomerId customerId, Wait until) implements CartQuery {}

    /**
     * Waits until the cart is past a version and that order's checkout is no longer open. Returns an {@link Ended}.
     *
     * @param cartVersion the cart's version when the checkout began
     * @param millis the longest wait, 0 or more
     */
    record AwaitCheckout(CustomerId customerId, OrderId orderId, long cartVersion, long millis) implements CartQuery {}

    /**
     * Prices products in these quantities. Returns a {@link Quote}.
     *
     * @param units by the product's id; the answer is in the same order
     */
    record QuoteLines(SequencedMap<String, Long> units) implements CartQuery {}

    /** @param total null if a price is not known, or if the lines are in several currencies */
    record Quote(List<CartItem> items, Money total) {}

    /**
     * @param cart empty at version -1 if it never held an item
     * @param fresh whether the document has the version waited for
     */
    record Shown(Cart cart, boolean fresh) {}

    /** Whether the checkout has ended, with or without an order. */
    record Ended(boolean ended) {}
}
