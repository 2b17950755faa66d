package dev.kontor.api.customer;

import dev.kontor.api.platform.DescribedAs;

/** What somebody may do: customers what is theirs, admins everything. */
@DescribedAs("What a customer may do: what is theirs, or everything.")
public enum Role {
    CUSTOMER,
    ADMIN
}
