package dev.kontor.api.identity;

import dev.kontor.api.customer.CustomerId;
import org.axonframework.serialization.Revision;

/** What happened to the claim to an e-mail. */
public sealed interface EmailEvent {

    EmailKey emailKey();

    @Revision("1")
    record EmailClaimed(EmailKey emailKey, CustomerId customerId) implements EmailEvent {}

    @Revision("1")
    record EmailReleased(EmailKey emailKey, CustomerId customerId) implements EmailEvent {}
}
