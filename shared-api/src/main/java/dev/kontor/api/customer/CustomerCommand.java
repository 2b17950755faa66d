package dev.kontor.api.customer;

import dev.kontor.api.ids.CustomerId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What can be asked of a customer's account. */
public sealed interface CustomerCommand {

    CustomerId customerId();

    record RegisterCustomer(@TargetAggregateIdentifier CustomerId customerId, Sealed email, Sealed name, Role role)
            implements CustomerCommand {}

    /**
     * @param knownEmail what the change was decided on; refused with {@code conflict} where it is another by now
     * @param email null where it stays
     * @param name null where it stays
     */
    record ChangeProfile(@TargetAggregateIdentifier CustomerId customerId, Sealed knownEmail, Sealed email, Sealed name)
            implements CustomerCommand {}

    record GrantRole(@TargetAggregateIdentifier CustomerId customerId, Role role) implements CustomerCommand {}

    record DeactivateCustomer(@TargetAggregateIdentifier CustomerId customerId) implements CustomerCommand {}

    record ReactivateCustomer(@TargetAggregateIdentifier CustomerId customerId) implements CustomerCommand {}

    /** @param knownEmail as for {@link ChangeProfile}; null where nobody can read it any more */
    record EraseCustomer(@TargetAggregateIdentifier CustomerId customerId, Sealed knownEmail)
            implements CustomerCommand {}

    /** Changes nothing; answers a {@link AccountStatus}. */
    record ReadStanding(@TargetAggregateIdentifier CustomerId customerId) implements CustomerCommand {}

    /** Changes nothing; answers a {@link Profile}. */
    record ReadProfile(@TargetAggregateIdentifier CustomerId customerId) implements CustomerCommand {}
}
