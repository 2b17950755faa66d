package dev.kontor.api.customer;

import dev.kontor.api.Precondition;
import dev.kontor.api.ids.CustomerId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Commands of a customer. A precondition is null for none; it is of the profile's version (name and e-mail), of the
 * standing's (role and status), or of the customer's.
 */
public sealed interface CustomerCommand {

    CustomerId customerId();

    record RegisterCustomer(@TargetAggregateIdentifier CustomerId customerId, Sealed email, Sealed name, Role role)
            implements CustomerCommand {}

    /**
     * @param knownEmail the e-mail that the caller read; refused with {@code conflict} if it has changed since
     * @param email null if unchanged
     * @param name null if unchanged
     * @param precondition of the profile's version
     */
    record ChangeProfile(
            @TargetAggregateIdentifier CustomerId customerId,
            Sealed knownEmail,
            Sealed email,
            Sealed name,
            Precondition precondition)
            implements CustomerCommand {

        public ChangeProfile(CustomerId customerId, Sealed knownEmail, Sealed email, Sealed name) {
            this(customerId, knownEmail, email, name, null);
        }
    }

    /** @param precondition of the standing's version */
    record GrantRole(@TargetAggregateIdentifier CustomerId customerId, Role role, Precondition precondition)
            implements CustomerCommand {

        public GrantRole(CustomerId customerId, Role role) {
            this(customerId, role, null);
        }
    }

    /** @param precondition of the standing's version */
    record DeactivateCustomer(@TargetAggregateIdentifier CustomerId customerId, Precondition precondition)
            implements CustomerCommand {

        public DeactivateCustomer(CustomerId customerId) {
            this(customerId, null);
        }
    }

    /** @param precondition of the standing's version */
    record ReactivateCustomer(@TargetAggregateIdentifier CustomerId customerId, Precondition precondition)
            implements CustomerCommand {

        public ReactivateCustomer(CustomerId customerId) {
            this(customerId, null);
        }
    }

    /**
     * @param knownEmail as for {@link ChangeProfile}; null if it can no longer be decrypted
     * @param precondition of the customer's version
     */
    record EraseCustomer(@TargetAggregateIdentifier CustomerId customerId, Sealed knownEmail, Precondition precondition)
            implements CustomerCommand {

        public EraseCustomer(CustomerId customerId, Sealed knownEmail) {
            this(customerId, knownEmail, null);
        }
    }

    /** Changes nothing; returns an {@link AccountStatus}. */
    record ReadStanding(@TargetAggregateIdentifier CustomerId customerId) implements CustomerCommand {}

    /**
     * Changes nothing; returns a {@link Profile}.
     *
     * @param precondition of the profile's version
     */
    record ReadProfile(@TargetAggregateIdentifier CustomerId customerId, Precondition precondition)
            implements CustomerCommand {

        public ReadProfile(CustomerId customerId) {
            this(customerId, null);
        }
    }
}
