package dev.kontor.query.identity;

import dev.kontor.api.identity.CredentialsEvent;
import dev.kontor.api.identity.CredentialsEvent.CredentialsClosed;
import dev.kontor.api.identity.CredentialsEvent.TokensRevoked;
import dev.kontor.api.identity.CredentialsEvent.VerifierSet;
import dev.kontor.api.identity.SessionEvent;
import dev.kontor.api.identity.SessionEvent.SessionOpened;
import dev.kontor.api.identity.SessionEvent.SessionRefreshed;
import dev.kontor.api.identity.SessionEvent.SessionRevoked;
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

/**
 * Projects sessions from the log, and the current proof of each customer beside them: one event that raises the proof
 * ends many sessions and is written once.
 */
@Component
@ProcessingGroup(SessionDocument.VIEW_NAME)
class SessionProjection {

    private final ViewWriter writer;

    SessionProjection(ViewWriter writer) {
        this.writer = writer;
    }

    @Bean
    static View sessionsView() {
        return SessionDocument.VIEW;
    }

    @EventHandler
    void on(SessionOpened event, @SequenceNumber long version, @Timestamp Instant at) {
        change(event, version, none -> SessionDocument.of(event, at, version));
    }

    @EventHandler
    void on(SessionRefreshed event, @SequenceNumber long version, @Timestamp Instant at) {
        change(event, version, before -> before.used(at, event.expiresAt(), version));
    }

    @EventHandler
    void on(SessionRevoked event, @SequenceNumber long version) {
        change(event, version, before -> before.revoked(version));
    }

    @EventHandler
    void on(VerifierSet event, @SequenceNumber long version) {
        change(event, version, before -> before.proof(event.version(), version));
    }

    @EventHandler
    void on(TokensRevoked event, @SequenceNumber long version) {
        change(event, version, before -> before.proof(event.version(), version));
    }

    @EventHandler
    void on(CredentialsClosed event, @SequenceNumber long version) {
        change(event, version, before -> before.closed(version));
    }

    private void change(SessionEvent event, long version, UnaryOperator<SessionDocument> change) {
        writer.at(SessionDocument.SESSIONS, event.sessionId().value(), version, change);
    }

    private void change(CredentialsEvent event, long version, UnaryOperator<CredentialsDocument> change) {
        String id = event.customerId().value();
        writer.at(
                CredentialsDocument.PROOFS,
                id,
                version,
                before -> change.apply(before == null ? CredentialsDocument.none(id) : before));
    }
}
