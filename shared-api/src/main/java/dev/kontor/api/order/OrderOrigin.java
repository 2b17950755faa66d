package dev.kontor.api.order;

import dev.kontor.api.platform.DescribedAs;

/** Whether an order came from a cart, which must then be notified of the outcome. */
@DescribedAs("Whether the order came from a cart.")
public enum OrderOrigin {
    DIRECT,
    CART
}
