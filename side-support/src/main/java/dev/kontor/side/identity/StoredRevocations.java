package dev.kontor.side.identity;

import dev.kontor.proto.identity.Revocation;
import java.time.Instant;
import java.util.List;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;

/**
 * Recent revocations, stored with the token of the processor that reads them. After a restart the processor continues
 * from there, instead of reading the events of a whole token lifetime again.
 */
public interface StoredRevocations {

    /** Stores the revocation at this position of the log, durable together with the processor's token. */
    void keep(long position, Revocation revocation, Instant at);

    /** The revocations stored since then, in any order. Older ones are deleted. */
    List<Revocation> since(Instant moment);

    /** The store of the processor's token. */
    TokenStore places();

    /** For a process that stores nothing: its processor starts one token lifetime back. */
    static StoredRevocations nowhere() {
        TokenStore inMemory = new InMemoryTokenStore();
        return new StoredRevocations() {
            @Override
            public void keep(long position, Revocation revocation, Instant at) {
                // The processor reads it again after a restart.
            }

            @Override
            public List<Revocation> since(Instant moment) {
                return List.of();
            }

            @Override
            public TokenStore places() {
                return inMemory;
            }
        };
    }
}
