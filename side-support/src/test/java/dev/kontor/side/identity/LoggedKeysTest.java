package dev.kontor.side.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.api.identity.SigningKeyEvent.SigningKeyAdded;
import dev.kontor.api.identity.SigningKeyEvent.SigningKeyRevoked;
import dev.kontor.api.identity.SigningKeysId;
import dev.kontor.testsupport.TokenForge;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.junit.jupiter.api.Test;

class LoggedKeysTest {

    private static final Instant NOW = Instant.parse("2026-05-05T12:00:00Z");
    private static final KeyPair PAIR = TokenForge.newKeys();

    private final EventStore log = EmbeddedEventStore.builder()
            .storageEngine(new InMemoryEventStorageEngine())
            .build();
    private final LoggedKeys keys = new LoggedKeys(log, Clock.fixed(NOW, ZoneOffset.UTC));
    private long sequence;

    private void happened(Object event) {
        log.publish(new GenericDomainEventMessage<>("SigningKeys", new SigningKeysId().toString(), sequence++, event));
    }

    private static SigningKeyAdded added(String kid) {
        return new SigningKeyAdded(
                kid, Base64.getEncoder().encodeToString(PAIR.getPublic().getEncoded()), NOW.minusSeconds(60));
    }

    @Test
    void an_empty_log_has_no_keys() {
        keys.refresh();

        assertThat(keys.byId("one")).isEmpty();
        assertThat(keys.list().keys()).isEmpty();
    }

    @Test
    void a_published_key_is_valid_once_it_is_read() {
        happened(added("one"));
        assertThat(keys.byId("one")).isEmpty();

        keys.refresh();

        assertThat(keys.byId("one")).contains((RSAPublicKey) PAIR.getPublic());
    }

    @Test
    void a_revoked_key_is_invalid() {
        happened(added("one"));
        happened(added("two"));
        happened(new SigningKeyRevoked("one"));

        keys.refresh();

        assertThat(keys.byId("one")).isEmpty();
        assertThat(keys.byId("two")).isPresent();
        assertThat(keys.list().find("one").orElseThrow().isRevoked()).isTrue();
    }
}
