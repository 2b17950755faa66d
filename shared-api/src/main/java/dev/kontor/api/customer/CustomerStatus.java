package dev.kontor.api.customer;

/** An account's state; erased is final. */
public enum CustomerStatus {
    ACTIVE,
    DEACTIVATED,
    ERASED
}
