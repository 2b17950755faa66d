package dev.kontor.api.identity;

import java.time.Instant;

/**
 * An open session as its view shows it.
 *
 * @param device how the client named itself, in clear; empty where it did not, or its customer is erased
 * @param usedAt when tokens were last given out
 */
public record SessionView(SessionId id, String device, Instant openedAt, Instant usedAt, Instant expiresAt) {

    @Override
    public String toString() {
        return "SessionView[" + id + "]";
    }
}
