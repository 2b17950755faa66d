package dev.kontor.api.identity;

import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.platform.DescribedAs;
import org.axonframework.serialization.Revision;

/** What happened to the claim to an e-mail. */
public sealed interface EmailEvent {

    EmailKey emailKey();

    @Revision("1")
    @DescribedAs("An e-mail address belongs to a customer, and to nobody else.")
    record EmailClaimed(EmailKey emailKey, CustomerId customerId) implements EmailEvent {}

    @Revision("1")
    @DescribedAs("An e-mail address is free again.")
    record EmailReleased(EmailKey emailKey, CustomerId customerId) implements EmailEvent {}
}
