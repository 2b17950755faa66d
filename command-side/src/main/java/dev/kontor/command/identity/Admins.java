package dev.kontor.command.identity;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.kontor.api.Refusal;
import dev.kontor.api.identity.AdminsCommand.AppointAdmin;
import dev.kontor.api.identity.AdminsCommand.DismissAdmin;
import dev.kontor.api.identity.AdminsCommand.IsThereAnAdmin;
import dev.kontor.api.identity.AdminsEvent.AdminAppointed;
import dev.kontor.api.identity.AdminsEvent.AdminDismissed;
import dev.kontor.api.identity.AdminsId;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.command.platform.CommandRefusals;
import dev.kontor.command.platform.LoggedAggregate;
import java.util.HashSet;
import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;

/**
 * The admins. One list for the whole shop, because only a list can tell which admin is the last. Changes to it are
 * serialized, which is fast enough for a few changes a year.
 */
@Aggregate
public class Admins extends LoggedAggregate {

    @AggregateIdentifier
    private AdminsId id;

    private final Set<CustomerId> listed = new HashSet<>();

    Admins() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(AppointAdmin command) {
        if (!listed.contains(command.customerId())) {
            apply(new AdminAppointed(command.customerId()));
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(DismissAdmin command) {
        boolean lastOne = listed.isEmpty() || listed.equals(Set.of(command.customerId()));
        if (lastOne) {
            throw CommandRefusals.with(new Refusal.LastAdmin());
        }
        if (listed.contains(command.customerId())) {
            apply(new AdminDismissed(command.customerId()));
        }
    }

    @CommandHandler
    boolean handle(IsThereAnAdmin command) {
        return !listed.isEmpty();
    }

    @EventSourcingHandler
    void on(AdminAppointed event) {
        id = new AdminsId();
        listed.add(event.customerId());
    }

    @EventSourcingHandler
    void on(AdminDismissed event) {
        listed.remove(event.customerId());
    }
}
