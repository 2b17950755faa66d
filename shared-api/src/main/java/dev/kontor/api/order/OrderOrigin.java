package dev.kontor.api.order;

/** Where an order came from: a cart must be told what became of it. */
public enum OrderOrigin {
    DIRECT,
    CART
}
