package dev.kontor.query.customer;

import dev.kontor.api.customer.CustomerEvent;
import dev.kontor.api.customer.CustomerEvent.CustomerDeactivated;
import dev.kontor.api.customer.CustomerEvent.CustomerErased;
import dev.kontor.api.customer.CustomerEvent.CustomerReactivated;
import dev.kontor.api.customer.CustomerEvent.CustomerRegistered;
import dev.kontor.api.customer.CustomerEvent.ProfileChanged;
import dev.kontor.api.customer.CustomerEvent.RoleGranted;
import dev.kontor.api.customer.CustomerStatus;
import dev.kontor.query.platform.View;
import dev.kontor.query.platform.ViewWriter;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.Timestamp;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

/** Projects accounts from the log. Personal data stays sealed in the document. */
@Component
@ProcessingGroup(CustomerDocument.VIEW_NAME)
class CustomerProjection {

    private final ViewWriter writer;

    CustomerProjection(ViewWriter writer) {
        this.writer = writer;
    }

    @Bean
    static View customersView() {
        return CustomerDocument.VIEW;
    }

    @EventHandler
    void on(CustomerRegistered event, @SequenceNumber long version, @Timestamp Instant at) {
        change(event, version, none -> CustomerDocument.of(event, at, version));
    }

    @EventHandler
    void on(ProfileChanged event, @SequenceNumber long version) {
        change(event, version, before -> before.profile(event.email(), event.name(), version));
    }

    @EventHandler
    void on(RoleGranted event, @SequenceNumber long version) {
        change(event, version, before -> before.role(event.role(), version));
    }

    @EventHandler
    void on(CustomerDeactivated event, @SequenceNumber long version) {
        change(event, version, before -> before.status(CustomerStatus.DEACTIVATED, version));
    }

    @EventHandler
    void on(CustomerReactivated event, @SequenceNumber long version) {
        change(event, version, before -> before.status(CustomerStatus.ACTIVE, version));
    }

    @EventHandler
    void on(CustomerErased event, @SequenceNumber long version) {
        change(event, version, before -> before.erased(version));
    }

    private void change(CustomerEvent event, long version, UnaryOperator<CustomerDocument> change) {
        writer.at(CustomerDocument.CUSTOMERS, event.customerId().value(), version, change);
    }
}
