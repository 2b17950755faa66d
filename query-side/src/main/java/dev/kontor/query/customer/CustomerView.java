package dev.kontor.query.customer;

import dev.kontor.api.customer.CustomerStatus;
import dev.kontor.api.customer.Role;
import dev.kontor.api.ids.CustomerId;
import java.time.Instant;

/**
 * An account as its view shows it.
 *
 * @param email in clear; empty once erased
 * @param name in clear; empty once erased
 */
record CustomerView(
        CustomerId id,
        String email,
        String name,
        Role role,
        CustomerStatus status,
        Instant registeredAt,
        long profileVersion,
        long standingVersion,
        long version) {

    @Override
    public String toString() {
        return "CustomerView[" + id + ", " + status + ", version " + version + "]";
    }
}
