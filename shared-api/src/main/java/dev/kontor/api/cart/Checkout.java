package dev.kontor.api.cart;

import dev.kontor.api.ids.OrderId;

/**
 * A cart on its way to become an order.
 *
 * @param cartVersion the cart's version when the checkout began
 */
public record Checkout(OrderId orderId, long cartVersion) {}
