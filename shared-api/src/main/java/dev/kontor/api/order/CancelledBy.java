package dev.kontor.api.order;

import dev.kontor.api.platform.DescribedAs;

@DescribedAs("Who cancelled the order: its customer, or the shop.")
public enum CancelledBy {
    CUSTOMER,
    SHOP
}
