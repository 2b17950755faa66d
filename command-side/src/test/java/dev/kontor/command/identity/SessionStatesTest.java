package dev.kontor.command.identity;

import static dev.kontor.command.platform.Scenario.NOON;

import dev.kontor.api.customer.Sealed;
import dev.kontor.api.identity.SessionCommand;
import dev.kontor.api.identity.SessionCommand.EndSession;
import dev.kontor.api.identity.SessionCommand.EndSessionByToken;
import dev.kontor.api.identity.SessionCommand.OpenSession;
import dev.kontor.api.identity.SessionCommand.RefreshSession;
import dev.kontor.api.identity.SessionEnd;
import dev.kontor.api.identity.SessionEvent.SessionOpened;
import dev.kontor.api.identity.SessionEvent.SessionRefreshed;
import dev.kontor.api.identity.SessionEvent.SessionRevoked;
import dev.kontor.api.identity.SessionId;
import dev.kontor.api.identity.TokenHash;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.command.platform.StateTable;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SessionStatesTest {

    private static final CustomerId ANNA = CustomerId.mint();
    private static final SessionId SESSION = SessionId.mint();
    private static final Sealed DEVICE = new Sealed("ZGV2aWNl");
    private static final TokenHash FIRST = new TokenHash("first");
    private static final TokenHash SECOND = new TokenHash("second");
    private static final TokenHash THIRD = new TokenHash("third");

    private static SessionOpened opened(Instant end) {
        return new SessionOpened(SESSION, ANNA, 1, FIRST, end, DEVICE);
    }

    @Test
    void the_states_of_a_session_are_on_the_page() throws IOException {
        Instant end = NOON.plus(RefreshToken.LIFETIME);
        SessionRefreshed refreshed = new SessionRefreshed(SESSION, ANNA, SECOND, end);
        StateTable.of("Session", Session.class)
                .state("(none)")
                .state("open, first token", opened(end))
                .state("open, second token", opened(end), refreshed)
                .state("expired", opened(NOON))
                .state("revoked", opened(end), new SessionRevoked(SESSION, ANNA, SessionEnd.SIGNED_OUT))
                .row(new OpenSession(SESSION, ANNA, 1, FIRST, DEVICE))
                .row("with the first token", new RefreshSession(SESSION, FIRST, THIRD, true))
                .row("with the second token", new RefreshSession(SESSION, SECOND, THIRD, true))
                .row("with a token that was made up", new RefreshSession(SESSION, THIRD, SECOND, false))
                .row(new EndSession(SESSION, ANNA))
                .row("of another customer", new EndSession(SESSION, CustomerId.mint()))
                .row("with the first token", new EndSessionByToken(SESSION, FIRST))
                .row("with the second token", new EndSessionByToken(SESSION, SECOND))
                .isOnThePage(SessionCommand.class);
    }
}
