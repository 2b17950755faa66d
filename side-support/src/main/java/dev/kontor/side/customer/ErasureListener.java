package dev.kontor.side.customer;

import dev.kontor.api.ids.CustomerId;

/** Drops what this process has cached of an erased customer, whichever process erased it. Idempotent. */
@FunctionalInterface
public interface ErasureListener {

    void erased(CustomerId customerId);
}
