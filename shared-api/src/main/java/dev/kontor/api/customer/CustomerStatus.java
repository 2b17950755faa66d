package dev.kontor.api.customer;

/** An account's state; erased is the end. */
public enum CustomerStatus {
    ACTIVE,
    DEACTIVATED,
    ERASED
}
