package dev.kontor.api.customer;

import dev.kontor.api.ids.CustomerId;

/** On whose behalf a command is sent, so that an aggregate can say whose it is. */
public record Actor(CustomerId id, Role role) {

    /** Whether this is the owner, or an admin. */
    public boolean mayActFor(CustomerId owner) {
        return role == Role.ADMIN || id.equals(owner);
    }
}
