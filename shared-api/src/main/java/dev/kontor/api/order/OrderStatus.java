package dev.kontor.api.order;

/** An order's state. It only moves forward: placed, decided, and once confirmed shipped and delivered, or cancelled. */
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
