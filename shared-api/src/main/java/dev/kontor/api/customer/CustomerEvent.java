package dev.kontor.api.customer;

import org.axonframework.serialization.Revision;

/** What happened to a customer's account. */
public sealed interface CustomerEvent {

    CustomerId customerId();

    @Revision("1")
    record CustomerRegistered(CustomerId customerId, Sealed email, Sealed name, Role role) implements CustomerEvent {}

    /** Both values as they are from now on, whichever changed. */
    @Revision("1")
    record ProfileChanged(CustomerId customerId, Sealed email, Sealed name) implements CustomerEvent {}

    @Revision("1")
    record RoleGranted(CustomerId customerId, Role role) implements CustomerEvent {}

    @Revision("1")
    record CustomerDeactivated(CustomerId customerId) implements CustomerEvent {}

    @Revision("1")
    record CustomerErased(CustomerId customerId) implements CustomerEvent {}
}
