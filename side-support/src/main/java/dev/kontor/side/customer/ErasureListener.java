package dev.kontor.side.customer;

import dev.kontor.api.ids.CustomerId;

/** Forgets what it remembers of a customer who was erased, by whichever process. Told twice is as good as once. */
@FunctionalInterface
public interface ErasureListener {

    void erased(CustomerId customerId);
}
