package dev.kontor.command.operations;

import dev.kontor.api.customer.Actor;
import dev.kontor.api.customer.CustomerId;
import dev.kontor.api.customer.Role;
import dev.kontor.wire.identity.Caller;

/** Puts the caller of a request into the words of the domain. */
public final class Callers {

    private Callers() {}

    public static Actor actor() {
        Caller caller = Caller.required();
        return new Actor(new CustomerId(caller.customerId()), Role.valueOf(caller.role()));
    }

    /** The caller, or the customer named where the caller may act for them. */
    public static CustomerId orNamed(String named) {
        return new CustomerId(Caller.required().orNamed(named));
    }
}
