package dev.kontor.command.identity;

import dev.kontor.api.identity.SessionId;
import dev.kontor.api.identity.TokenHash;
import dev.kontor.api.ids.CustomerId;
import java.time.Instant;

/**
 * A session as its snapshot has it.
 *
 * @param version of the owner's credentials, when it was opened
 * @param refreshHash of the refresh token given out last
 */
record SessionState(
        SessionId id, CustomerId owner, long version, TokenHash refreshHash, Instant expiresAt, boolean revoked) {}
