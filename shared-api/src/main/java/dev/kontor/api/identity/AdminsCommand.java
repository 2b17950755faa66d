package dev.kontor.api.identity;

import dev.kontor.api.ids.CustomerId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

public sealed interface AdminsCommand {

    @TargetAggregateIdentifier
    default AdminsId adminsId() {
        return new AdminsId();
    }

    /** Adds the customer to the list, if missing. */
    record AppointAdmin(CustomerId customerId) implements AdminsCommand {}

    /**
     * Removes the customer from the list; refused with {@code last-admin} if it would be empty. Logs older than the
     * list have admins who are not on it: for them the list only must not be empty.
     */
    record DismissAdmin(CustomerId customerId) implements AdminsCommand {}

    /** Changes nothing; returns whether the list has an entry. */
    record IsThereAnAdmin() implements AdminsCommand {}
}
