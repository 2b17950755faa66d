package dev.kontor.command.customer;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.kontor.api.Refusal;
import dev.kontor.api.customer.AccountStatus;
import dev.kontor.api.customer.CustomerCommand.ChangeProfile;
import dev.kontor.api.customer.CustomerCommand.DeactivateCustomer;
import dev.kontor.api.customer.CustomerCommand.EraseCustomer;
import dev.kontor.api.customer.CustomerCommand.GrantRole;
import dev.kontor.api.customer.CustomerCommand.ReactivateCustomer;
import dev.kontor.api.customer.CustomerCommand.ReadProfile;
import dev.kontor.api.customer.CustomerCommand.ReadStanding;
import dev.kontor.api.customer.CustomerCommand.RegisterCustomer;
import dev.kontor.api.customer.CustomerEvent.CustomerDeactivated;
import dev.kontor.api.customer.CustomerEvent.CustomerErased;
import dev.kontor.api.customer.CustomerEvent.CustomerReactivated;
import dev.kontor.api.customer.CustomerEvent.CustomerRegistered;
import dev.kontor.api.customer.CustomerEvent.ProfileChanged;
import dev.kontor.api.customer.CustomerEvent.RoleGranted;
import dev.kontor.api.customer.CustomerStatus;
import dev.kontor.api.customer.Profile;
import dev.kontor.api.customer.Role;
import dev.kontor.api.customer.Sealed;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.command.platform.CommandRefusals;
import dev.kontor.command.platform.LoggedAggregate;
import dev.kontor.command.platform.Snapshots;
import java.util.Objects;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.serialization.Revision;
import org.axonframework.spring.stereotype.Aggregate;

/**
 * A customer's account: profile, role and status. Erased is final.
 *
 * <p>Not cached: role and status decide what a caller may do, and are read from the log each time.
 */
@Aggregate(snapshotTriggerDefinition = Snapshots.TRIGGER)
@Revision("3")
public class Customer extends LoggedAggregate {

    @AggregateIdentifier
    private CustomerId id;

    private Sealed email;
    private Sealed name;
    private Role role;
    private CustomerStatus status;
    /** Of the last change of name or e-mail. */
    private long profileVersion;
    /** Of the last change of role or status. */
    private long standingVersion;

    Customer() {}

    @CommandHandler
    public Customer(RegisterCustomer command) {
        apply(new CustomerRegistered(command.customerId(), command.email(), command.name(), command.role()));
    }

    @CommandHandler
    public long handle(ChangeProfile command) {
        requireActive();
        CommandRefusals.require(command.precondition(), profileVersion);
        requireEmail(command.knownEmail());
        apply(new ProfileChanged(
                id,
                Objects.requireNonNullElse(command.email(), email),
                Objects.requireNonNullElse(command.name(), name)));
        return getVersion();
    }

    @CommandHandler
    public long handle(GrantRole command) {
        requireActive();
        CommandRefusals.require(command.precondition(), standingVersion);
        if (role != command.role()) {
            apply(new RoleGranted(id, command.role()));
        }
        return getVersion();
    }

    @CommandHandler
    public long handle(DeactivateCustomer command) {
        requireNotErased();
        CommandRefusals.require(command.precondition(), standingVersion);
        if (status == CustomerStatus.ACTIVE) {
            apply(new CustomerDeactivated(id));
        }
        return getVersion();
    }

    @CommandHandler
    public long handle(ReactivateCustomer command) {
        requireNotErased();
        CommandRefusals.require(command.precondition(), standingVersion);
        if (status == CustomerStatus.DEACTIVATED) {
            apply(new CustomerReactivated(id));
        }
        return getVersion();
    }

    @CommandHandler
    public long handle(EraseCustomer command) {
        if (status != CustomerStatus.ERASED) {
            CommandRefusals.requireVersion(command.precondition());
            if (command.knownEmail() != null) {
                requireEmail(command.knownEmail());
            }
            apply(new CustomerErased(id));
        }
        return getVersion();
    }

    @CommandHandler
    public AccountStatus handle(ReadStanding command) {
        return new AccountStatus(role, status);
    }

    @CommandHandler
    Profile handle(ReadProfile command) {
        CommandRefusals.require(command.precondition(), profileVersion);
        return new Profile(email, name, status, getVersion());
    }

    private void requireActive() {
        if (status != CustomerStatus.ACTIVE) {
            throw CommandRefusals.with(new Refusal.CustomerInactive());
        }
    }

    private void requireNotErased() {
        if (status == CustomerStatus.ERASED) {
            throw CommandRefusals.with(new Refusal.CustomerInactive());
        }
    }

    private void requireEmail(Sealed known) {
        if (!email.equals(known)) {
            throw CommandRefusals.with(new Refusal.Outdated());
        }
    }

    @EventSourcingHandler
    void on(CustomerRegistered event, @SequenceNumber long version) {
        id = event.customerId();
        email = event.email();
        name = event.name();
        role = event.role();
        status = CustomerStatus.ACTIVE;
        profileVersion = version;
        standingVersion = version;
    }

    @EventSourcingHandler
    void on(ProfileChanged event, @SequenceNumber long version) {
        email = event.email();
        name = event.name();
        profileVersion = version;
    }

    @EventSourcingHandler
    void on(RoleGranted event, @SequenceNumber long version) {
        role = event.role();
        standingVersion = version;
    }

    @EventSourcingHandler
    void on(CustomerDeactivated event, @SequenceNumber long version) {
        status = CustomerStatus.DEACTIVATED;
        standingVersion = version;
    }

    @EventSourcingHandler
    void on(CustomerReactivated event, @SequenceNumber long version) {
        status = CustomerStatus.ACTIVE;
        standingVersion = version;
    }

    @EventSourcingHandler
    void on(CustomerErased event, @SequenceNumber long version) {
        status = CustomerStatus.ERASED;
        email = null;
        name = null;
        profileVersion = version;
        standingVersion = version;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    Customer(CustomerState state) {
        id = state.id();
        email = state.email();
        name = state.name();
        role = state.role();
        status = state.status();
        profileVersion = state.profileVersion();
        standingVersion = state.standingVersion();
    }

    @JsonValue
    CustomerState state() {
        return new CustomerState(id, email, name, role, status, profileVersion, standingVersion);
    }
}
