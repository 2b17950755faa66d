package dev.kontor.api.identity;

import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.platform.DescribedAs;
import org.axonframework.serialization.Revision;

public sealed interface EmailEvent {

    EmailKey emailKey();

    @Revision("1")
    @DescribedAs("A customer claimed an e-mail address; no other account can have it.")
    record EmailClaimed(EmailKey emailKey, CustomerId customerId) implements EmailEvent {}

    @Revision("1")
    @DescribedAs("An e-mail address was released, and can be claimed again.")
    record EmailReleased(EmailKey emailKey, CustomerId customerId) implements EmailEvent {}
}
