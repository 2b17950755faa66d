package dev.kontor.side.identity;

import dev.kontor.api.customer.CustomerId;
import dev.kontor.api.identity.CredentialsEvent.CredentialsClosed;
import dev.kontor.api.identity.CredentialsEvent.TokensRevoked;
import dev.kontor.api.identity.CredentialsEvent.VerifierSet;
import dev.kontor.api.identity.SessionEvent.SessionRevoked;
import dev.kontor.api.identity.SigningKeyEvent.SigningKeyAdded;
import dev.kontor.api.identity.SigningKeyEvent.SigningKeyRevoked;
import dev.kontor.proto.identity.Revocation;
import dev.kontor.proto.identity.RevocationBatch;
import dev.kontor.proto.identity.TokensVoid;
import java.time.Instant;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventhandling.TrackingToken;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** What the log says about tokens that have not run out, in the words of the feed. Events of other types are not even read. */
@Component
@ProcessingGroup(RevocationProcessing.GROUP)
class RevokingEvents {

    private static final long NONE_COUNTS = Long.MAX_VALUE;

    private final SideRevocations revocations;
    private final Runnable rereadKeys;

    @Autowired
    RevokingEvents(SideRevocations revocations, SideKeys keys) {
        this(revocations, keys::refresh);
    }

    /** @param rereadKeys sees to it that this process knows the list of keys as it is now */
    RevokingEvents(SideRevocations revocations, Runnable rereadKeys) {
        this.revocations = revocations;
        this.rereadKeys = rereadKeys;
    }

    @EventHandler
    void on(SessionRevoked event, TrackingToken place, @Timestamp Instant at) {
        tell(place, at, Revocation.newBuilder().setSessionId(event.sessionId().value()));
    }

    /** The first password of an account replaces none. */
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

    /** Whoever follows the feed asks this process for the keys when it is told, and must not be answered with the old ones. */
    @EventHandler
    void on(SigningKeyAdded event, TrackingToken place, @Timestamp Instant at) {
        rereadKeys.run();
        revocations.tell(batch(place).setKeysChanged(true).build(), at);
    }

    @EventHandler
    void on(SigningKeyRevoked event, TrackingToken place, @Timestamp Instant at) {
        rereadKeys.run();
        RevocationBatch batch = batch(place)
                .setKeysChanged(true)
                .addRevocations(Revocation.newBuilder().setKid(event.kid()))
                .build();
        revocations.tell(batch, at);
    }

    private void tell(TrackingToken place, Instant at, Revocation.Builder revocation) {
        revocations.tell(batch(place).addRevocations(revocation).build(), at);
    }

    private static RevocationBatch.Builder batch(TrackingToken place) {
        return RevocationBatch.newBuilder()
                .setPosition(place.position()
                        .orElseThrow(() -> new IllegalStateException("The log does not tell an event's position")));
    }

    private static Revocation.Builder tokensBelow(long version, CustomerId customerId) {
        return Revocation.newBuilder()
                .setTokens(TokensVoid.newBuilder()
                        .setCustomerId(customerId.value())
                        .setBelowVersion(version));
    }
}
