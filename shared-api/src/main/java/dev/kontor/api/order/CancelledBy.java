package dev.kontor.api.order;

import dev.kontor.api.platform.DescribedAs;

/** Who cancelled an order: who had placed it, or the shop. */
@DescribedAs("Who had placed the order, or the shop.")
public enum CancelledBy {
    CUSTOMER,
    SHOP
}
