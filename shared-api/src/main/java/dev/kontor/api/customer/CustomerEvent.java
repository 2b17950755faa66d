package dev.kontor.api.customer;

import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.platform.DescribedAs;
import org.axonframework.serialization.Revision;

/** What happened to a customer's account. */
public sealed interface CustomerEvent {

    CustomerId customerId();

    @Revision("1")
    @DescribedAs("A customer has an account.")
    record CustomerRegistered(CustomerId customerId, Sealed email, Sealed name, Role role) implements CustomerEvent {}

    @Revision("1")
    @DescribedAs("E-mail and name as they are from now on, whichever changed.")
    record ProfileChanged(CustomerId customerId, Sealed email, Sealed name) implements CustomerEvent {}

    @Revision("1")
    @DescribedAs("The only role of the customer from now on.")
    record RoleGranted(CustomerId customerId, Role role) implements CustomerEvent {}

    @Revision("1")
    @DescribedAs("The account is closed; what is known of the customer stays.")
    record CustomerDeactivated(CustomerId customerId) implements CustomerEvent {}

    @Revision("1")
    @DescribedAs("The account is open again.")
    record CustomerReactivated(CustomerId customerId) implements CustomerEvent {}

    @Revision("1")
    @DescribedAs("The account is closed for good, and the key of the personal data destroyed: nobody can read it "
            + "any more, in no copy of the log.")
    record CustomerErased(CustomerId customerId) implements CustomerEvent {}
}
