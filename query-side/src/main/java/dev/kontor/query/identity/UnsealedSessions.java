package dev.kontor.query.identity;

import dev.kontor.api.customer.PersonalData;
import dev.kontor.api.customer.Sealed;
import dev.kontor.api.identity.SessionId;
import dev.kontor.api.ids.CustomerId;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Unseals the documents of open sessions. */
@Component
class UnsealedSessions {

    private final PersonalData personalData;

    UnsealedSessions(PersonalData personalData) {
        this.personalData = personalData;
    }

    SessionView read(SessionDocument session) {
        CustomerId customer = new CustomerId(session.customerId());
        return new SessionView(
                new SessionId(session.id()),
                personalData
                        .unseal(customer, PersonalData.Field.DEVICE, new Sealed(session.device()))
                        .orElse(""),
                Instant.ofEpochMilli(session.openedAt()),
                Instant.ofEpochMilli(session.usedAt()),
                Instant.ofEpochMilli(session.expiresAt()));
    }
}
