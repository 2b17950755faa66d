package dev.kontor.api.identity;

import dev.kontor.api.customer.Sealed;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.platform.DescribedAs;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/** Events of a session, which begins with a sign-in. */
public sealed interface SessionEvent {

    SessionId sessionId();

    @Revision("1")
    @DescribedAs(
            "A customer signed in and got a refresh token, valid until `expiresAt`. `version` is that of the customer's "
                    + "credentials: once theirs is higher, the session is over. `device` is the client's name for itself.")
    record SessionOpened(
            SessionId sessionId,
            CustomerId customerId,
            long version,
            TokenHash refreshHash,
            Instant expiresAt,
            Sealed device)
            implements SessionEvent {}

    @Revision("1")
    @DescribedAs("The refresh token was used up, and replaced by the next one.")
    record SessionRefreshed(SessionId sessionId, CustomerId customerId, TokenHash refreshHash, Instant expiresAt)
            implements SessionEvent {}

    @Revision("1")
    @DescribedAs("The session is over: its refresh token and its access tokens are revoked.")
    record SessionRevoked(SessionId sessionId, CustomerId customerId, SessionEnd reason) implements SessionEvent {}
}
