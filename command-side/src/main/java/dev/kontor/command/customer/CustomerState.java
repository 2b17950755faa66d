package dev.kontor.command.customer;

import dev.kontor.api.customer.CustomerStatus;
import dev.kontor.api.customer.Role;
import dev.kontor.api.customer.Sealed;
import dev.kontor.api.ids.CustomerId;

/**
 * The snapshot of a customer.
 *
 * @param email null once erased
 * @param name null once erased
 */
record CustomerState(
        CustomerId id,
        Sealed email,
        Sealed name,
        Role role,
        CustomerStatus status,
        long profileVersion,
        long standingVersion) {}
