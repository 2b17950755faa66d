package dev.kontor.query.identity;

import dev.kontor.api.identity.SessionId;
import java.time.Instant;

/**
 * An open session as its view shows it.
 *
 * @param device the client's name for itself, in clear; empty if not given, or if the customer is erased
 * @param usedAt when tokens were last issued
 */
record SessionView(SessionId id, String device, Instant openedAt, Instant usedAt, Instant expiresAt) {

    @Override
    public String toString() {
        return "SessionView[" + id + "]";
    }
}
