package dev.kontor.api.cart;

import dev.kontor.api.ids.OrderId;

/**
 * An open checkout, and the id of its order.
 *
 * @param cartVersion the cart's version when the checkout began
 */
public record Checkout(OrderId orderId, long cartVersion) {}
