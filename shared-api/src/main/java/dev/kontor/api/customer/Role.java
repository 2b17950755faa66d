package dev.kontor.api.customer;

/** What somebody may do: customers what is theirs, admins everything. */
public enum Role {
    CUSTOMER,
    ADMIN
}
