package dev.kontor.side.identity;

import dev.kontor.api.identity.CredentialsEvent.CredentialsClosed;
import dev.kontor.api.identity.CredentialsEvent.TokensRevoked;
import dev.kontor.api.identity.CredentialsEvent.VerifierSet;
import dev.kontor.api.identity.SessionEvent.SessionRevoked;
import dev.kontor.api.identity.SigningKeyEvent.SigningKeyAdded;
import dev.kontor.api.identity.SigningKeyEvent.SigningKeyRevoked;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.proto.identity.Revocation;
import dev.kontor.proto.identity.TokensVoid;
import java.time.Instant;
import java.util.List;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventhandling.TrackingToken;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Handles the events that revoke tokens. The processor does not read events of other types. */
@Component
@ProcessingGroup(RevocationProcessing.GROUP)
class RevocationEvents {

    private static final long NONE_COUNTS = Long.MAX_VALUE;

    private final SideRevocations revocations;
    private final Runnable rereadKeys;
    private final List<RevocationListener> listeners;

    @Autowired
    RevocationEvents(SideRevocations revocations, SideKeys keys, ObjectProvider<RevocationListener> listeners) {
        this(revocations, keys::refresh, listeners.orderedStream().toList());
    }

    /** @param rereadKeys brings this process's list of signing keys up to date */
    RevocationEvents(SideRevocations revocations, Runnable rereadKeys, List<RevocationListener> listeners) {
        this.revocations = revocations;
        this.rereadKeys = rereadKeys;
        this.listeners = List.copyOf(listeners);
    }

    @EventHandler
    void on(SessionRevoked event, TrackingToken place, @Timestamp Instant at) {
        tell(place, at, Revocation.newBuilder().setSessionId(event.sessionId().value()));
    }

    /** The first password of an account revokes nothing. */
    @EventHandler
    void on(VerifierSet event, TrackingToken place, @Timestamp Instant at) {
        if (event.version() > 1) {
            tell(place, at, tokensBelow(event.version(), event.customerId()));
        }
    }

    @EventHandler
    void on(TokensRevoked event, TrackingToken place, @Timestamp Instant at) {
        tell(place, at, tokensBelow(event.version(), event.customerId()));
    }

    @EventHandler
    void on(CredentialsClosed event, TrackingToken place, @Timestamp Instant at) {
        tell(place, at, tokensBelow(NONE_COUNTS, event.customerId()));
    }

    @EventHandler
    void on(SigningKeyAdded event) {
        rereadKeys.run();
    }

    /**
     * The keys are reread first: a caller that waits for the revocation is answered once the key is no longer valid.
     */
    @EventHandler
    void on(SigningKeyRevoked event, TrackingToken place, @Timestamp Instant at) {
        rereadKeys.run();
        tell(place, at, Revocation.newBuilder().setKid(event.kid()));
    }

    private void tell(TrackingToken place, Instant at, Revocation.Builder revocation) {
        long position = place.position()
                .orElseThrow(() -> new IllegalStateException("The log does not state the event's position"));
        Revocation known = revocation.build();
        revocations.tell(position, known, at);
        listeners.forEach(listener -> listener.revoked(known));
    }

    private static Revocation.Builder tokensBelow(long version, CustomerId customerId) {
        return Revocation.newBuilder()
                .setTokens(TokensVoid.newBuilder()
                        .setCustomerId(customerId.value())
                        .setBelowVersion(version));
    }
}
