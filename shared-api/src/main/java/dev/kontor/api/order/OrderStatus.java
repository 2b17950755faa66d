package dev.kontor.api.order;

import dev.kontor.api.platform.DescribedAs;

/** An order's state. It only moves forward: placed, decided, and once confirmed shipped and delivered, or cancelled. */
@DescribedAs("The state of an order.")
public enum OrderStatus {
    PLACED,
    CONFIRMED,
    REJECTED,
    CANCELLED,
    SHIPPED,
    DELIVERED;

    /** Whether it is still open what becomes of the order. */
    public boolean isUndecided() {
        return this == PLACED;
    }
}
