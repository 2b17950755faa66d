package dev.kontor.side.identity;

import dev.kontor.api.identity.SigningKeyEvent.SigningKeyAdded;
import dev.kontor.api.identity.SigningKeyEvent.SigningKeyRevoked;
import dev.kontor.api.identity.SigningKeyList;
import dev.kontor.api.identity.SigningKeysId;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.util.Optional;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** The signing keys, read directly from the log: for a process that does not sign and calls no process that does. */
public final class LoggedKeys implements SideKeys {

    private final EventStore log;
    private final Clock clock;
    private volatile Known known = new Known(SigningKeyList.EMPTY, ValidKeys.NONE);

    private record Known(SigningKeyList list, ValidKeys counting) {}

    public LoggedKeys(EventStore log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    @Override
    public Optional<RSAPublicKey> byId(String keyId) {
        return known.counting().find(keyId, clock.instant());
    }

    @Override
    public SigningKeyList list() {
        return known.list();
    }

    @Override
    public void refresh() {
        adopt(log.readEvents(new SigningKeysId().toString())
                .asStream()
                .reduce(SigningKeyList.EMPTY, LoggedKeys::with, (first, second) -> second));
    }

    private static SigningKeyList with(SigningKeyList list, DomainEventMessage<?> event) {
        return switch (event.getPayload()) {
            case SigningKeyAdded added -> list.with(added.kid(), added.publicKey(), added.activeFrom());
            case SigningKeyRevoked revoked -> list.withRevoked(revoked.kid(), event.getTimestamp());
            default -> throw new IllegalStateException("Not an event of signing keys: " + event.getPayloadType());
        };
    }

    private synchronized void adopt(SigningKeyList list) {
        if (list.changes() > known.list().changes()) {
            known = new Known(list, ValidKeys.of(list, clock.instant()));
        }
    }
}
