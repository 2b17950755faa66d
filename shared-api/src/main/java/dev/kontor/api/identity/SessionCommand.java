package dev.kontor.api.identity;

import dev.kontor.api.customer.Sealed;
import dev.kontor.api.ids.CustomerId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What can be asked of a session. */
public sealed interface SessionCommand {

    SessionId sessionId();

    /** @param version of the customer's credentials */
    record OpenSession(
            @TargetAggregateIdentifier SessionId sessionId,
            CustomerId customerId,
            long version,
            TokenHash refreshHash,
            Sealed device)
            implements SessionCommand {}

    /**
     * Puts the next refresh token in the place of the one presented; answers whether it did. One that was
     * given out before the last revokes the session: an event and an answer, because a refusal would roll it back.
     *
     * @param isOurs whether the token presented was made by Kontor, and not made up
     */
    record RefreshSession(
            @TargetAggregateIdentifier SessionId sessionId, TokenHash presented, TokenHash next, boolean isOurs)
            implements SessionCommand {}

    /** Ends it; answers whether there was anything left to end. To all but its owner it does not exist. */
    record EndSession(@TargetAggregateIdentifier SessionId sessionId, CustomerId owner) implements SessionCommand {}

    /** Ends it with its refresh token, as {@link EndSession} does; to all but the last one given out it does not exist. */
    record EndSessionByToken(@TargetAggregateIdentifier SessionId sessionId, TokenHash presented)
            implements SessionCommand {}
}
