package dev.kontor.side.identity;

import dev.kontor.api.identity.SigningKeyEvent.SigningKeyAdded;
import dev.kontor.api.identity.SigningKeyEvent.SigningKeyRevoked;
import dev.kontor.api.identity.SigningKeyList;
import dev.kontor.api.identity.SigningKeysId;
import dev.kontor.wire.identity.TokenVerifier;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** The signing keys read straight off the log: for a process that signs nothing and should not have to ask one that does. */
public final class LoggedKeys implements SideKeys {

    private final EventStore log;
    private final Clock clock;
    private volatile Known known = new Known(SigningKeyList.EMPTY, Map.of());

    private record Known(SigningKeyList list, Map<String, Counting> counting) {}

    private record Counting(RSAPublicKey key, Instant until) {}

    public LoggedKeys(EventStore log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    @Override
    public Optional<RSAPublicKey> byId(String keyId) {
        return Optional.ofNullable(known.counting().get(keyId))
                .filter(counting -> clock.instant().isBefore(counting.until()))
                .map(Counting::key);
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
            default -> throw new IllegalStateException("No event of signing keys: " + event.getPayloadType());
        };
    }

    private synchronized void adopt(SigningKeyList list) {
        if (list.changes() <= known.list().changes()) {
            return;
        }
        Map<String, Counting> counting = new HashMap<>();
        for (SigningKeyList.Key key : list.keys()) {
            Instant until = list.countsUntil(key, TokenVerifier.LIFETIME);
            if (clock.instant().isBefore(until)) {
                counting.put(key.kid(), new Counting(publicKey(key), until));
            }
        }
        known = new Known(list, Map.copyOf(counting));
    }

    private static RSAPublicKey publicKey(SigningKeyList.Key key) {
        try {
            return (RSAPublicKey) KeyFactory.getInstance("RSA")
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(key.publicKey())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The signing key %s cannot be read".formatted(key.kid()), e);
        }
    }
}
