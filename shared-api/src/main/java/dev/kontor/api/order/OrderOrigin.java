package dev.kontor.api.order;

import dev.kontor.api.operations.Says;

/** Where an order came from: a cart must be told what became of it. */
@Says("Whether the order came from a cart.")
public enum OrderOrigin {
    DIRECT,
    CART
}
