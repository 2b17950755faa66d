package dev.kontor.wire.identity;

import dev.kontor.proto.identity.Revoked;
import java.time.Duration;

/** What is revoked of tokens that have not run out yet, as far as this process knows. Asked for every request: fast. */
public interface Revocations {

    /** For tests and tools that verify where nothing is ever revoked. */
    Revocations NONE = caller -> false;

    /**
     * Whether the caller's session or all their older tokens were revoked.
     *
     * @throws dev.kontor.wire.operations.Refused with {@code UNAVAILABLE} where this process has not heard for too long
     *     to know
     */
    boolean revokes(Caller caller);

    /** Waits until all of this is known here, or the time is over; answers whether it is. */
    default boolean await(Revoked revoked, Duration atMost) {
        return true;
    }
}
