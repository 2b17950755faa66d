package dev.kontor.api.customer;

import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.platform.DescribedAs;
import org.axonframework.serialization.Revision;

public sealed interface CustomerEvent {

    CustomerId customerId();

    @Revision("1")
    @DescribedAs("A customer opened an account.")
    record CustomerRegistered(CustomerId customerId, Sealed email, Sealed name, Role role) implements CustomerEvent {}

    @Revision("1")
    @DescribedAs("E-mail or name changed; the event has both.")
    record ProfileChanged(CustomerId customerId, Sealed email, Sealed name) implements CustomerEvent {}

    @Revision("1")
    @DescribedAs("The customer has this role, and no other.")
    record RoleGranted(CustomerId customerId, Role role) implements CustomerEvent {}

    @Revision("1")
    @DescribedAs("The account was deactivated; its data stays.")
    record CustomerDeactivated(CustomerId customerId) implements CustomerEvent {}

    @Revision("1")
    @DescribedAs("The account was reactivated.")
    record CustomerReactivated(CustomerId customerId) implements CustomerEvent {}

    @Revision("1")
    @DescribedAs("The account was closed permanently, and the key of its personal data destroyed: the data cannot be "
            + "decrypted in any copy of the log.")
    record CustomerErased(CustomerId customerId) implements CustomerEvent {}
}
