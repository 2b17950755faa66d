package dev.kontor.api.order;

import dev.kontor.api.operations.Says;

/** Who cancelled an order: who had placed it, or the shop. */
@Says("Who had placed the order, or the shop.")
public enum CancelledBy {
    CUSTOMER,
    SHOP
}
