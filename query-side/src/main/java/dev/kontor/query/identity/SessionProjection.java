package dev.kontor.query.identity;

import static dev.kontor.query.identity.SessionDocument.CLOSED;
import static dev.kontor.query.identity.SessionDocument.CUSTOMER_ID;
import static dev.kontor.query.identity.SessionDocument.DEVICE;
import static dev.kontor.query.identity.SessionDocument.EXPIRES_AT;
import static dev.kontor.query.identity.SessionDocument.OPEN;
import static dev.kontor.query.identity.SessionDocument.OPENED_AT;
import static dev.kontor.query.identity.SessionDocument.PROOF;
import static dev.kontor.query.identity.SessionDocument.USED_AT;

import dev.kontor.api.identity.CredentialsEvent;
import dev.kontor.api.identity.CredentialsEvent.CredentialsClosed;
import dev.kontor.api.identity.CredentialsEvent.TokensRevoked;
import dev.kontor.api.identity.CredentialsEvent.VerifierSet;
import dev.kontor.api.identity.SessionEvent;
import dev.kontor.api.identity.SessionEvent.SessionOpened;
import dev.kontor.api.identity.SessionEvent.SessionRefreshed;
import dev.kontor.api.identity.SessionEvent.SessionRevoked;
import dev.kontor.query.Change;
import dev.kontor.query.View;
import dev.kontor.query.ViewWriter;
import java.time.Instant;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.Timestamp;
import org.springframework.stereotype.Component;

/**
 * Reads sessions off the log, and beside them of each customer which proof counts: one event that raises it ends many
 * sessions, and is written once.
 */
@Component
@ProcessingGroup(View.SESSIONS_NAME)
class SessionProjection {

    private final ViewWriter writer;

    SessionProjection(ViewWriter writer) {
        this.writer = writer;
    }

    @EventHandler
    void on(SessionOpened event, @SequenceNumber long version, @Timestamp Instant at) {
        change(event, version)
                .set(CUSTOMER_ID, event.customerId().value())
                .set(PROOF, event.version())
                .set(OPENED_AT, at.toEpochMilli())
                .set(USED_AT, at.toEpochMilli())
                .set(EXPIRES_AT, event.expiresAt().toEpochMilli())
                .set(DEVICE, event.device().ciphertext())
                .set(OPEN, true);
    }

    @EventHandler
    void on(SessionRefreshed event, @SequenceNumber long version, @Timestamp Instant at) {
        change(event, version)
                .set(USED_AT, at.toEpochMilli())
                .set(EXPIRES_AT, event.expiresAt().toEpochMilli());
    }

    @EventHandler
    void on(SessionRevoked event, @SequenceNumber long version) {
        change(event, version).unset(DEVICE).set(OPEN, false);
    }

    @EventHandler
    void on(VerifierSet event, @SequenceNumber long version) {
        change(event, version).set(PROOF, event.version());
    }

    @EventHandler
    void on(TokensRevoked event, @SequenceNumber long version) {
        change(event, version).set(PROOF, event.version());
    }

    @EventHandler
    void on(CredentialsClosed event, @SequenceNumber long version) {
        change(event, version).set(CLOSED, true);
    }

    private Change change(SessionEvent event, long version) {
        return writer.at(View.SESSIONS, event.sessionId().value(), version);
    }

    private Change change(CredentialsEvent event, long version) {
        return writer.at(View.PROOFS, event.customerId().value(), version);
    }
}
