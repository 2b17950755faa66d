package dev.kontor.api.identity;

import dev.kontor.api.customer.Sealed;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.platform.DescribedAs;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/** What happened to a session: what somebody may do from one sign-in on. */
public sealed interface SessionEvent {

    SessionId sessionId();

    @Revision("1")
    @DescribedAs(
            "Somebody signed in and got a refresh token, good until `expiresAt`. `version` is that of the customer's "
                    + "credentials: once theirs is higher, the session is over. `device` is how the client named itself.")
    record SessionOpened(
            SessionId sessionId,
            CustomerId customerId,
            long version,
            TokenHash refreshHash,
            Instant expiresAt,
            Sealed device)
            implements SessionEvent {}

    @Revision("1")
    @DescribedAs("The refresh token was used, once and for all; this is the next one.")
    record SessionRefreshed(SessionId sessionId, CustomerId customerId, TokenHash refreshHash, Instant expiresAt)
            implements SessionEvent {}

    @Revision("1")
    @DescribedAs("The session is over: neither its refresh token nor an access token of it is good any more.")
    record SessionRevoked(SessionId sessionId, CustomerId customerId, SessionEnd reason) implements SessionEvent {}
}
