package dev.kontor.standalone.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.proto.identity.Revocation;
import dev.kontor.store.EmbeddedStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRevocationsTest {

    private static final Instant NOON = Instant.parse("2026-05-05T12:00:00Z");

    @TempDir
    Path folder;

    private EmbeddedStore store;

    private EmbeddedRevocations open() {
        close();
        store = EmbeddedStore.open(folder);
        return new EmbeddedRevocations(store.column("revocations"), new InMemoryTokenStore());
    }

    @AfterEach
    void close() {
        if (store != null) {
            store.close();
        }
    }

    private static Revocation at(long position) {
        return Revocation.newBuilder().setSessionId("session-" + position).build();
    }

    @Test
    void stored_revocations_are_read_once_after_a_restart() {
        EmbeddedRevocations kept = open();
        kept.keep(10, at(10), NOON);
        kept.keep(9, at(9), NOON.minusSeconds(1));
        kept.keep(10, at(10), NOON);

        assertThat(open().since(NOON.minusSeconds(1))).containsExactlyInAnyOrder(at(9), at(10));
    }

    @Test
    void expired_revocations_are_removed() {
        EmbeddedRevocations kept = open();
        kept.keep(1, at(1), NOON.minus(Duration.ofMinutes(20)));
        kept.keep(2, at(2), NOON);

        assertThat(open().since(NOON.minus(Duration.ofMinutes(17)))).containsExactly(at(2));
        assertThat(open().since(Instant.EPOCH)).containsExactly(at(2));
    }
}
