package dev.kontor.api.identity;

import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.platform.DescribedAs;
import org.axonframework.serialization.Revision;

/** Events of the list of admins. Once it has an entry, it is never empty again. */
public sealed interface AdminsEvent {

    CustomerId customerId();

    @Revision("1")
    @DescribedAs("A customer became an admin.")
    record AdminAppointed(CustomerId customerId) implements AdminsEvent {}

    @Revision("1")
    @DescribedAs("A customer is no longer an admin; another customer still is.")
    record AdminDismissed(CustomerId customerId) implements AdminsEvent {}
}
