package dev.kontor.gateway.identity;

import dev.kontor.grpc.identity.Caller;
import dev.kontor.proto.identity.Session;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/**
 * A session, which begins with a sign-in.
 *
 * @param device the name that the client gave; may be empty
 * @param usedAt when tokens were last issued
 * @param current whether it is the caller's session
 */
@Schema(name = "Session")
public record SessionJson(
        String id, String device, Instant openedAt, Instant usedAt, Instant expiresAt, boolean current) {

    public static SessionJson of(Session session) {
        return new SessionJson(
                session.getId(),
                session.getDevice(),
                Instant.ofEpochMilli(session.getOpenedAtMillis()),
                Instant.ofEpochMilli(session.getUsedAtMillis()),
                Instant.ofEpochMilli(session.getExpiresAtMillis()),
                session.getId().equals(Caller.required().sessionId()));
    }
}
