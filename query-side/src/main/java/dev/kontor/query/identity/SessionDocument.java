package dev.kontor.query.identity;

import dev.kontor.api.identity.SessionEvent.SessionOpened;
import dev.kontor.query.platform.DocumentType;
import dev.kontor.query.platform.Index;
import dev.kontor.query.platform.View;
import dev.kontor.query.platform.ViewDocument;
import java.time.Instant;
import org.bson.codecs.pojo.annotations.BsonId;

/**
 * A session. Times are in milliseconds.
 *
 * @param proof the version of the credentials under which it was opened
 * @param device sealed; null once the session is no longer open
 */
public record SessionDocument(
        @BsonId String id,
        String customerId,
        long proof,
        long openedAt,
        long usedAt,
        long expiresAt,
        String device,
        boolean open,
        long version)
        implements ViewDocument {

    static final Index BY_CUSTOMER = Index.of("by_customer", "customerId", "open", "usedAt");

    static final String VIEW_NAME = "sessions";
    static final DocumentType<SessionDocument> SESSIONS =
            DocumentType.of(VIEW_NAME, SessionDocument.class, BY_CUSTOMER);
    public static final View VIEW = View.of(VIEW_NAME, 4, SESSIONS, CredentialsDocument.PROOFS);

    static SessionDocument of(SessionOpened event, Instant at, long version) {
        return new SessionDocument(
                event.sessionId().value(),
                event.customerId().value(),
                event.version(),
                at.toEpochMilli(),
                at.toEpochMilli(),
                event.expiresAt().toEpochMilli(),
                event.device().ciphertext(),
                true,
                version);
    }

    SessionDocument used(Instant moment, Instant end, long at) {
        return new SessionDocument(
                id, customerId, proof, openedAt, moment.toEpochMilli(), end.toEpochMilli(), device, open, at);
    }

    SessionDocument revoked(long at) {
        return new SessionDocument(id, customerId, proof, openedAt, usedAt, expiresAt, null, false, at);
    }

    boolean isOpen(CredentialsDocument counting, Instant at) {
        return open && at.toEpochMilli() < expiresAt && !counting.voidsBelow(proof + 1);
    }
}
