package dev.kontor.api.customer;

import dev.kontor.api.operations.Says;

/** What somebody may do: customers what is theirs, admins everything. */
@Says("What a customer may do: what is theirs, or everything.")
public enum Role {
    CUSTOMER,
    ADMIN
}
