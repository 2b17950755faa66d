package dev.kontor.command.identity;

import dev.kontor.api.identity.SessionId;
import dev.kontor.api.identity.TokenHash;
import dev.kontor.api.ids.CustomerId;
import java.time.Instant;

/**
 * The snapshot of a session.
 *
 * @param version of the owner's credentials when the session was opened
 * @param refreshHash of the current refresh token
 */
record SessionState(
        SessionId id, CustomerId owner, long version, TokenHash refreshHash, Instant expiresAt, boolean revoked) {}
