package dev.kontor.side.identity;

import dev.kontor.proto.identity.Revocation;
import java.time.Instant;
import java.util.List;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;

/**
 * What was revoked lately, and how far the log was read for it, kept where a start finds both. So it reads on where the
 * process before has stopped, and not once more all that happened in the time a token lives.
 */
public interface StoredRevocations {

    /** Keeps what is at this position of the log, durable with the place in the log of the processor that tells it. */
    void keep(long position, Revocation revocation, Instant at);

    /** What was kept since then, in any order; what is older is thrown away. */
    List<Revocation> since(Instant moment);

    /** Where the place in the log is kept. */
    TokenStore places();

    /** For a process that keeps nothing: it starts as far back as a revocation matters. */
    static StoredRevocations nowhere() {
        TokenStore inMemory = new InMemoryTokenStore();
        return new StoredRevocations() {
            @Override
            public void keep(long position, Revocation revocation, Instant at) {
                // The processor reads it again.
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
