package dev.kontor.api.customer;

import dev.kontor.api.ids.CustomerId;

/** The customer or admin on whose behalf a command is sent, so that an aggregate can check ownership. */
public record Actor(CustomerId id, Role role) {

    /** Whether the actor is the owner, or an admin. */
    public boolean mayActFor(CustomerId owner) {
        return role == Role.ADMIN || id.equals(owner);
    }
}
