package dev.kontor.api.identity;

import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.platform.DescribedAs;
import org.axonframework.serialization.Revision;

/** What happened to the list of admins, which is never empty again once somebody is on it. */
public sealed interface AdminsEvent {

    CustomerId customerId();

    @Revision("1")
    @DescribedAs("A customer is an admin.")
    record AdminAppointed(CustomerId customerId) implements AdminsEvent {}

    @Revision("1")
    @DescribedAs("A customer is no longer an admin; somebody else still is.")
    record AdminDismissed(CustomerId customerId) implements AdminsEvent {}
}
