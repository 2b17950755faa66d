package dev.kontor.query.customer;

import static dev.kontor.query.customer.CustomerDocument.EMAIL;
import static dev.kontor.query.customer.CustomerDocument.NAME;
import static dev.kontor.query.customer.CustomerDocument.REGISTERED_AT;
import static dev.kontor.query.customer.CustomerDocument.ROLE;
import static dev.kontor.query.customer.CustomerDocument.STATUS;

import dev.kontor.api.customer.CustomerEvent;
import dev.kontor.api.customer.CustomerEvent.CustomerDeactivated;
import dev.kontor.api.customer.CustomerEvent.CustomerErased;
import dev.kontor.api.customer.CustomerEvent.CustomerReactivated;
import dev.kontor.api.customer.CustomerEvent.CustomerRegistered;
import dev.kontor.api.customer.CustomerEvent.ProfileChanged;
import dev.kontor.api.customer.CustomerEvent.RoleGranted;
import dev.kontor.api.customer.CustomerStatus;
import dev.kontor.query.Change;
import dev.kontor.query.View;
import dev.kontor.query.ViewWriter;
import java.time.Instant;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.Timestamp;
import org.springframework.stereotype.Component;

/** Reads accounts off the log. What is personal stays sealed in the document. */
@Component
@ProcessingGroup(View.CUSTOMERS_NAME)
class CustomerProjection {

    private final ViewWriter writer;

    CustomerProjection(ViewWriter writer) {
        this.writer = writer;
    }

    @EventHandler
    void on(CustomerRegistered event, @SequenceNumber long version, @Timestamp Instant at) {
        change(event, version)
                .set(EMAIL, event.email().ciphertext())
                .set(NAME, event.name().ciphertext())
                .set(ROLE, event.role().name())
                .set(STATUS, CustomerStatus.ACTIVE.name())
                .set(REGISTERED_AT, at.toEpochMilli());
    }

    @EventHandler
    void on(ProfileChanged event, @SequenceNumber long version) {
        change(event, version)
                .set(EMAIL, event.email().ciphertext())
                .set(NAME, event.name().ciphertext());
    }

    @EventHandler
    void on(RoleGranted event, @SequenceNumber long version) {
        change(event, version).set(ROLE, event.role().name());
    }

    @EventHandler
    void on(CustomerDeactivated event, @SequenceNumber long version) {
        change(event, version).set(STATUS, CustomerStatus.DEACTIVATED.name());
    }

    @EventHandler
    void on(CustomerReactivated event, @SequenceNumber long version) {
        change(event, version).set(STATUS, CustomerStatus.ACTIVE.name());
    }

    @EventHandler
    void on(CustomerErased event, @SequenceNumber long version) {
        change(event, version).unset(EMAIL).unset(NAME).set(STATUS, CustomerStatus.ERASED.name());
    }

    private Change change(CustomerEvent event, long version) {
        return writer.at(View.CUSTOMERS, event.customerId().value(), version);
    }
}
