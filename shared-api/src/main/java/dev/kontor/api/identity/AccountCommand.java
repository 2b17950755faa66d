package dev.kontor.api.identity;

import dev.kontor.api.customer.Role;
import dev.kontor.api.customer.Sealed;
import dev.kontor.api.ids.CustomerId;
import org.axonframework.commandhandling.RoutingKey;

/**
 * Commands of an account as a whole. Each concerns several aggregates and appends all of its events at once, or none.
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
    record ChangeAccount(@RoutingKey CustomerId customerId, Sealed knownEmail, EmailChange email, Sealed name)
            implements AccountCommand {}

    record EmailChange(EmailKey from, EmailKey to, Sealed email) {}

    /** Makes the customer an admin, or no longer one. Returns an {@link AccountChange}; refused for the last admin. */
    record AssignRole(@RoutingKey CustomerId customerId, Role role) implements AccountCommand {}

    /** Blocks all sign-ins. Returns an {@link AccountChange}; refused for the last admin. */
    record DeactivateAccount(@RoutingKey CustomerId customerId) implements AccountCommand {}

    /** Ends a deactivation. Returns an {@link AccountChange}. */
    record ReactivateAccount(@RoutingKey CustomerId customerId) implements AccountCommand {}

    /**
     * Permanent. Returns an {@link AccountChange}; refused for the last admin.
     *
     * @param knownEmail the e-mail to release; refused with {@code conflict} if it has changed since
     * @param emailKey of that e-mail; both are null if it can no longer be decrypted, and then it stays claimed
     */
    record EraseAccount(@RoutingKey CustomerId customerId, Sealed knownEmail, EmailKey emailKey)
            implements AccountCommand {}
}
