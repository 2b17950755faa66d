package dev.kontor.api.identity;

import dev.kontor.api.ids.CustomerId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

public sealed interface EmailCommand {

    EmailKey emailKey();

    record ClaimEmail(@TargetAggregateIdentifier EmailKey emailKey, CustomerId customerId) implements EmailCommand {}

    record ReleaseEmail(@TargetAggregateIdentifier EmailKey emailKey, CustomerId customerId) implements EmailCommand {}

    /** Changes nothing; returns the {@link CustomerId} that holds the e-mail, or null. */
    record FindEmailOwner(@TargetAggregateIdentifier EmailKey emailKey) implements EmailCommand {}
}
