package dev.kontor.api.order;

import dev.kontor.api.platform.DescribedAs;

/** Where an order came from: a cart must be told what became of it. */
@DescribedAs("Whether the order came from a cart.")
public enum OrderOrigin {
    DIRECT,
    CART
}
