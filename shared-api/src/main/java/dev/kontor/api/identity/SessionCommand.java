package dev.kontor.api.identity;

import dev.kontor.api.customer.Sealed;
import dev.kontor.api.ids.CustomerId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

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
     * Replaces the presented refresh token by the next one; returns whether it did. A token issued before the current
     * one revokes the session. This is an event and a result, because a refusal would roll the event back.
     *
     * @param isOurs whether Kontor made the presented token
     */
    record RefreshSession(
            @TargetAggregateIdentifier SessionId sessionId, TokenHash presented, TokenHash next, boolean isOurs)
            implements SessionCommand {}

    /** Ends the session; returns whether it was open. For any customer but its owner it does not exist. */
    record EndSession(@TargetAggregateIdentifier SessionId sessionId, CustomerId owner) implements SessionCommand {}

    /**
     * Ends the session by its current refresh token, as {@link EndSession} does; with any other token it does not
     * exist.
     */
    record EndSessionByToken(@TargetAggregateIdentifier SessionId sessionId, TokenHash presented)
            implements SessionCommand {}
}
