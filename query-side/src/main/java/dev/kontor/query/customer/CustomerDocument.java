package dev.kontor.query.customer;

import dev.kontor.api.customer.CustomerEvent.CustomerRegistered;
import dev.kontor.api.customer.CustomerStatus;
import dev.kontor.api.customer.Role;
import dev.kontor.api.customer.Sealed;
import dev.kontor.query.platform.DocumentType;
import dev.kontor.query.platform.Index;
import dev.kontor.query.platform.View;
import dev.kontor.query.platform.ViewDocument;
import java.time.Instant;
import org.bson.codecs.pojo.annotations.BsonId;

/**
 * An account. Personal data stays sealed.
 *
 * @param email sealed; null once erased
 * @param name sealed; null once erased
 * @param registeredAt in milliseconds
 * @param profileVersion of the last change of name or e-mail
 * @param standingVersion of the last change of role or status
 */
public record CustomerDocument(
        @BsonId String id,
        String email,
        String name,
        Role role,
        CustomerStatus status,
        long registeredAt,
        long profileVersion,
        long standingVersion,
        long version)
        implements ViewDocument {

    static final Index BY_REGISTRATION = Index.of("by_registration", "registeredAt");

    static final String VIEW_NAME = "customers";
    static final DocumentType<CustomerDocument> CUSTOMERS =
            DocumentType.of(VIEW_NAME, CustomerDocument.class, BY_REGISTRATION);
    public static final View VIEW = View.of(VIEW_NAME, 5, CUSTOMERS);

    static CustomerDocument of(CustomerRegistered event, Instant at, long version) {
        return new CustomerDocument(
                event.customerId().value(),
                event.email().ciphertext(),
                event.name().ciphertext(),
                event.role(),
                CustomerStatus.ACTIVE,
                at.toEpochMilli(),
                version,
                version,
                version);
    }

    CustomerDocument profile(Sealed newEmail, Sealed newName, long at) {
        return new CustomerDocument(
                id, newEmail.ciphertext(), newName.ciphertext(), role, status, registeredAt, at, standingVersion, at);
    }

    CustomerDocument role(Role other, long at) {
        return new CustomerDocument(id, email, name, other, status, registeredAt, profileVersion, at, at);
    }

    CustomerDocument status(CustomerStatus other, long at) {
        return new CustomerDocument(id, email, name, role, other, registeredAt, profileVersion, at, at);
    }

    CustomerDocument erased(long at) {
        return new CustomerDocument(id, null, null, role, CustomerStatus.ERASED, registeredAt, at, at, at);
    }
}
