package dev.kontor.api.customer;

import dev.kontor.api.platform.DescribedAs;

/** What an account may access: a customer's own things, or all. */
@DescribedAs("What an account may access: a customer's own things, or all.")
public enum Role {
    CUSTOMER,
    ADMIN
}
