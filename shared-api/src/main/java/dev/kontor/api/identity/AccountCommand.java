package dev.kontor.api.identity;

import dev.kontor.api.Precondition;
import dev.kontor.api.customer.Role;
import dev.kontor.api.customer.Sealed;
import dev.kontor.api.ids.CustomerId;
import org.axonframework.commandhandling.RoutingKey;

/**
 * Commands of an account as a whole. Each concerns several aggregates and appends all of its events at once, or none. A
 * precondition is null for none, and otherwise as in {@link dev.kontor.api.customer.CustomerCommand}.
 */
public sealed interface AccountCommand {

    /**
     * After the right password was given: records the sign-in and opens a session. Returns an {@link Admission}, or
     * null if the sign-in is refused: a locked, closed or deactivated account, or a verifier replaced meanwhile.
     */
    record SignIn(
            @RoutingKey CustomerId customerId,
            long verifierVersion,
            SessionId sessionId,
            TokenHash refreshHash,
            Sealed device)
            implements AccountCommand {}

    /**
     * Uses a refresh token up. Returns an {@link Admission}, or null if the token is no longer valid. A token that is
     * not the one issued last ends its session.
     */
    record Refresh(@RoutingKey SessionId sessionId, TokenHash presented, TokenHash next, boolean isOurs)
            implements AccountCommand {}

    /**
     * Changes the given parts of the profile. Returns the customer's version.
     *
     * @param knownEmail the e-mail that the caller read; refused with {@code conflict} if it has changed since
     * @param email null if unchanged
     * @param name null if unchanged
     */
    record ChangeAccount(
            @RoutingKey CustomerId customerId,
            Sealed knownEmail,
            EmailChange email,
            Sealed name,
            Precondition precondition)
            implements AccountCommand {

        public ChangeAccount(CustomerId customerId, Sealed knownEmail, EmailChange email, Sealed name) {
            this(customerId, knownEmail, email, name, null);
        }
    }

    record EmailChange(EmailKey from, EmailKey to, Sealed email) {}

    /** Makes the customer an admin, or no longer one. Returns an {@link AccountChange}; refused for the last admin. */
    record AssignRole(@RoutingKey CustomerId customerId, Role role, Precondition precondition)
            implements AccountCommand {

        public AssignRole(CustomerId customerId, Role role) {
            this(customerId, role, null);
        }
    }

    /** Blocks all sign-ins. Returns an {@link AccountChange}; refused for the last admin. */
    record DeactivateAccount(@RoutingKey CustomerId customerId, Precondition precondition) implements AccountCommand {

        public DeactivateAccount(CustomerId customerId) {
            this(customerId, null);
        }
    }

    /** Ends a deactivation. Returns an {@link AccountChange}. */
    record ReactivateAccount(@RoutingKey CustomerId customerId, Precondition precondition) implements AccountCommand {

        public ReactivateAccount(CustomerId customerId) {
            this(customerId, null);
        }
    }

    /**
     * Permanent. Returns an {@link AccountChange}; refused for the last admin.
     *
     * @param knownEmail the e-mail to release; refused with {@code conflict} if it has changed since
     * @param emailKey of that e-mail; both are null if it can no longer be decrypted, and then it stays claimed
     */
    record EraseAccount(
            @RoutingKey CustomerId customerId, Sealed knownEmail, EmailKey emailKey, Precondition precondition)
            implements AccountCommand {

        public EraseAccount(CustomerId customerId, Sealed knownEmail, EmailKey emailKey) {
            this(customerId, knownEmail, emailKey, null);
        }
    }
}
