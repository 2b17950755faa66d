package dev.kontor.api.order;

import dev.kontor.api.platform.DescribedAs;

/**
 * An order's status. It only moves forward: placed, decided, and once confirmed shipped and delivered, or cancelled.
 */
@DescribedAs("The state of an order.")
public enum OrderStatus {
    PLACED,
    CONFIRMED,
    REJECTED,
    CANCELLED,
    SHIPPED,
    DELIVERED;

    /** Whether the order is neither confirmed nor rejected yet. */
    public boolean isUndecided() {
        return this == PLACED;
    }
}
