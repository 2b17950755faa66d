package dev.kontor.query.identity;

import dev.kontor.api.customer.CustomerId;
import dev.kontor.api.customer.PersonalData;
import dev.kontor.api.customer.Sealed;
import dev.kontor.api.identity.SessionId;
import dev.kontor.api.identity.SessionView;
import java.time.Instant;
import org.bson.Document;
import org.springframework.stereotype.Component;

/** The shapes of a session's document and of a customer's proof, and the way from them to what may be shown. */
@Component
class SessionDocument {

    static final String CUSTOMER_ID = "customerId";
    /** Of a session: the version of the credentials it was opened under. Of a customer: the version that counts now. */
    static final String PROOF = "proof";

    static final String OPENED_AT = "openedAt";
    static final String USED_AT = "usedAt";
    static final String EXPIRES_AT = "expiresAt";
    /** Sealed; only while the session is open. */
    static final String DEVICE = "device";

    static final String OPEN = "open";
    /** Of a customer: only true, once nobody signs in to the account again. */
    static final String CLOSED = "closed";

    private final PersonalData personalData;

    SessionDocument(PersonalData personalData) {
        this.personalData = personalData;
    }

    /** Whether no token of a customer below this version counts, as their proof says; it may be missing still. */
    static boolean isVoidBelow(Document proof, long version) {
        return proof != null && (proof.getBoolean(CLOSED, false) || proof.get(PROOF, 0L) >= version);
    }

    static boolean isOpen(Document session, Document proof, Instant at) {
        return session.getBoolean(OPEN)
                && at.toEpochMilli() < session.getLong(EXPIRES_AT)
                && !isVoidBelow(proof, session.getLong(PROOF) + 1);
    }

    SessionView read(Document session) {
        CustomerId customer = new CustomerId(session.getString(CUSTOMER_ID));
        return new SessionView(
                new SessionId(session.getString("_id")),
                personalData
                        .unseal(customer, PersonalData.Field.DEVICE, new Sealed(session.getString(DEVICE)))
                        .orElse(""),
                Instant.ofEpochMilli(session.getLong(OPENED_AT)),
                Instant.ofEpochMilli(session.getLong(USED_AT)),
                Instant.ofEpochMilli(session.getLong(EXPIRES_AT)));
    }
}
