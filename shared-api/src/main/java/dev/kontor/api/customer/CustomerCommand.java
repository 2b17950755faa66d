package dev.kontor.api.customer;

import dev.kontor.api.ids.CustomerId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

public sealed interface CustomerCommand {

    CustomerId customerId();

    record RegisterCustomer(@TargetAggregateIdentifier CustomerId customerId, Sealed email, Sealed name, Role role)
            implements CustomerCommand {}

    /**
     * @param knownEmail the e-mail that the caller read; refused with {@code conflict} if it has changed since
     * @param email null if unchanged
     * @param name null if unchanged
     */
    record ChangeProfile(@TargetAggregateIdentifier CustomerId customerId, Sealed knownEmail, Sealed email, Sealed name)
            implements CustomerCommand {}

    record GrantRole(@TargetAggregateIdentifier CustomerId customerId, Role role) implements CustomerCommand {}

    record DeactivateCustomer(@TargetAggregateIdentifier CustomerId customerId) implements CustomerCommand {}

    record ReactivateCustomer(@TargetAggregateIdentifier CustomerId customerId) implements CustomerCommand {}

    /** @param knownEmail as for {@link ChangeProfile}; null if it can no longer be decrypted */
    record EraseCustomer(@TargetAggregateIdentifier CustomerId customerId, Sealed knownEmail)
            implements CustomerCommand {}

    /** Changes nothing; returns an {@link AccountStatus}. */
    record ReadStanding(@TargetAggregateIdentifier CustomerId customerId) implements CustomerCommand {}

    /** Changes nothing; returns a {@link Profile}. */
    record ReadProfile(@TargetAggregateIdentifier CustomerId customerId) implements CustomerCommand {}
}
