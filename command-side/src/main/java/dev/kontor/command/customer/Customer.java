package dev.kontor.command.customer;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.kontor.api.Refusal;
import dev.kontor.api.customer.CustomerCommand.ChangeProfile;
import dev.kontor.api.customer.CustomerCommand.DeactivateCustomer;
import dev.kontor.api.customer.CustomerCommand.EraseCustomer;
import dev.kontor.api.customer.CustomerCommand.GrantRole;
import dev.kontor.api.customer.CustomerCommand.ReadStanding;
import dev.kontor.api.customer.CustomerCommand.RegisterCustomer;
import dev.kontor.api.customer.CustomerEvent.CustomerDeactivated;
import dev.kontor.api.customer.CustomerEvent.CustomerErased;
import dev.kontor.api.customer.CustomerEvent.CustomerRegistered;
import dev.kontor.api.customer.CustomerEvent.ProfileChanged;
import dev.kontor.api.customer.CustomerEvent.RoleGranted;
import dev.kontor.api.customer.CustomerId;
import dev.kontor.api.customer.CustomerStatus;
import dev.kontor.api.customer.Role;
import dev.kontor.api.customer.Sealed;
import dev.kontor.api.customer.Standing;
import dev.kontor.command.operations.Refusing;
import dev.kontor.command.operations.Snapshots;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.serialization.Revision;
import org.axonframework.spring.stereotype.Aggregate;

/** An account: who somebody is to the shop, and what they may do. Erased is the end. */
@Aggregate(cache = "aggregateCache", snapshotTriggerDefinition = Snapshots.TRIGGER)
@Revision("1")
public class Customer {

    @AggregateIdentifier
    private CustomerId id;

    private Sealed email;
    private Role role;
    private CustomerStatus status;

    Customer() {}

    @CommandHandler
    public Customer(RegisterCustomer command) {
        apply(new CustomerRegistered(command.customerId(), command.email(), command.name(), command.role()));
    }

    @CommandHandler
    long handle(ChangeProfile command) {
        requireActive();
        apply(new ProfileChanged(id, email, command.name()));
        return getVersion();
    }

    @CommandHandler
    long handle(GrantRole command) {
        requireActive();
        if (role != command.role()) {
            apply(new RoleGranted(id, command.role()));
        }
        return getVersion();
    }

    @CommandHandler
    long handle(DeactivateCustomer command) {
        if (status == CustomerStatus.ACTIVE) {
            apply(new CustomerDeactivated(id));
        }
        return getVersion();
    }

    @CommandHandler
    long handle(EraseCustomer command) {
        if (status != CustomerStatus.ERASED) {
            apply(new CustomerErased(id));
        }
        return getVersion();
    }

    @CommandHandler
    Standing handle(ReadStanding command) {
        return new Standing(role, status);
    }

    private void requireActive() {
        if (status != CustomerStatus.ACTIVE) {
            throw Refusing.with(new Refusal.CustomerInactive());
        }
    }

    @EventSourcingHandler
    void on(CustomerRegistered event) {
        id = event.customerId();
        email = event.email();
        role = event.role();
        status = CustomerStatus.ACTIVE;
    }

    @EventSourcingHandler
    void on(ProfileChanged event) {
        email = event.email();
    }

    @EventSourcingHandler
    void on(RoleGranted event) {
        role = event.role();
    }

    @EventSourcingHandler
    void on(CustomerDeactivated event) {
        status = CustomerStatus.DEACTIVATED;
    }

    @EventSourcingHandler
    void on(CustomerErased event) {
        status = CustomerStatus.ERASED;
        email = null;
    }

    /** As a snapshot has it. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    Customer(CustomerState state) {
        id = state.id();
        email = state.email();
        role = state.role();
        status = state.status();
    }

    @JsonValue
    CustomerState state() {
        return new CustomerState(id, email, role, status);
    }
}
