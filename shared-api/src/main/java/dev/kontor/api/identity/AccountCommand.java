package dev.kontor.api.identity;

import dev.kontor.api.customer.Role;
import dev.kontor.api.customer.Sealed;
import dev.kontor.api.ids.CustomerId;
import org.axonframework.commandhandling.RoutingKey;

/**
 * What is asked of an account as a whole. Each concerns several aggregates and leads to one append to the log: all of it, or
 * none.
 */
public sealed interface AccountCommand {

    /**
     * The right password was given: counts the sign-in and opens a session. Answers an {@link Admission}, or null where the
     * sign-in is refused, which is on record then: a locked, closed or deactivated account, or another verifier meanwhile.
     */
    record SignIn(
            @RoutingKey CustomerId customerId,
            long verifierVersion,
            SessionId sessionId,
            TokenHash refreshHash,
            Sealed device)
            implements AccountCommand {}

    /**
     * Uses a refresh token up. Answers an {@link Admission}, or null where it is not good any more; a token that is not the
     * last one given out ends its session.
     */
    record Refresh(@RoutingKey SessionId sessionId, TokenHash presented, TokenHash next, boolean isOurs)
            implements AccountCommand {}

    /**
     * Changes what of the profile is given. Answers the customer's version.
     *
     * @param knownEmail what the change was decided on; refused with {@code conflict} where it is another by now
     * @param email null where it stays
     * @param name null where it stays
     */
    record ChangeAccount(@RoutingKey CustomerId customerId, Sealed knownEmail, EmailChange email, Sealed name)
            implements AccountCommand {}

    /** One e-mail in place of another. */
    record EmailChange(EmailKey from, EmailKey to, Sealed email) {}

    /** Makes somebody an admin, or one no more. Answers an {@link AccountChange}; the last admin stays one. */
    record AssignRole(@RoutingKey CustomerId customerId, Role role) implements AccountCommand {}

    /** Nobody signs in any more. Answers an {@link AccountChange}; the last admin stays. */
    record DeactivateAccount(@RoutingKey CustomerId customerId) implements AccountCommand {}

    /** After a deactivation. Answers an {@link AccountChange}. */
    record ReactivateAccount(@RoutingKey CustomerId customerId) implements AccountCommand {}

    /**
     * For good. Answers an {@link AccountChange}; the last admin stays.
     *
     * @param knownEmail the e-mail that is to be free again; refused with {@code conflict} where it is another by now
     * @param emailKey of that e-mail; both are null where nobody can read it any more, and then it stays taken
     */
    record EraseAccount(@RoutingKey CustomerId customerId, Sealed knownEmail, EmailKey emailKey)
            implements AccountCommand {}
}
