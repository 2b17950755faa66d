package dev.kontor.api.identity;

import dev.kontor.api.ids.CustomerId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What can be asked of the claim to an e-mail. */
public sealed interface EmailCommand {

    EmailKey emailKey();

    record ClaimEmail(@TargetAggregateIdentifier EmailKey emailKey, CustomerId customerId) implements EmailCommand {}

    record ReleaseEmail(@TargetAggregateIdentifier EmailKey emailKey, CustomerId customerId) implements EmailCommand {}

    /** Changes nothing; answers the {@link CustomerId} that holds the e-mail, or null. */
    record FindEmailOwner(@TargetAggregateIdentifier EmailKey emailKey) implements EmailCommand {}
}
