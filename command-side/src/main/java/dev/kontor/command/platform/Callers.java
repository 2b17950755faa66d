package dev.kontor.command.platform;

import dev.kontor.api.customer.Actor;
import dev.kontor.api.customer.Role;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.grpc.identity.Caller;
import dev.kontor.grpc.platform.RefusedException;

/** Converts the caller of a request to types of the domain. */
public final class Callers {

    private Callers() {}

    /** @throws RefusedException if the caller is not a customer */
    public static Actor actor() {
        Caller caller = Caller.required();
        return new Actor(new CustomerId(caller.asCustomer()), Role.valueOf(caller.role()));
    }

    /** The caller, or the named customer if the caller may act for them. */
    public static CustomerId orNamed(String named) {
        return new CustomerId(Caller.required().orNamed(named));
    }
}
