package dev.kontor.api.customer;

import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What can be asked of a customer's account. */
public sealed interface CustomerCommand {

    CustomerId customerId();

    record RegisterCustomer(@TargetAggregateIdentifier CustomerId customerId, Sealed email, Sealed name, Role role)
            implements CustomerCommand {}

    record ChangeProfile(@TargetAggregateIdentifier CustomerId customerId, Sealed name) implements CustomerCommand {}

    record GrantRole(@TargetAggregateIdentifier CustomerId customerId, Role role) implements CustomerCommand {}

    record DeactivateCustomer(@TargetAggregateIdentifier CustomerId customerId) implements CustomerCommand {}

    record EraseCustomer(@TargetAggregateIdentifier CustomerId customerId) implements CustomerCommand {}

    /** Changes nothing; answers a {@link Standing}. */
    record ReadStanding(@TargetAggregateIdentifier CustomerId customerId) implements CustomerCommand {}
}
