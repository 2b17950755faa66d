package dev.kontor.api.identity;

import dev.kontor.api.ids.CustomerId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What can be asked of the list of admins. */
public sealed interface AdminsCommand {

    @TargetAggregateIdentifier
    default AdminsId adminsId() {
        return new AdminsId();
    }

    /** Puts somebody on the list who is not on it yet. */
    record AppointAdmin(CustomerId customerId) implements AdminsCommand {}

    /**
     * Takes somebody off the list; refused with {@code last-admin} where nobody would be left. Logs from before there was a
     * list have admins who are not on it: of them it asks only that somebody is.
     */
    record DismissAdmin(CustomerId customerId) implements AdminsCommand {}

    /** Changes nothing; answers whether anybody is on the list. */
    record IsThereAnAdmin() implements AdminsCommand {}
}
