package dev.kontor.command.identity;

import static dev.kontor.command.platform.Scenario.NOON;

import dev.kontor.api.Refusal;
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
import dev.kontor.command.platform.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SessionTest {

    private static final CustomerId ANNA = CustomerId.mint();
    private static final CustomerId BERT = CustomerId.mint();
    private static final SessionId SESSION = SessionId.mint();
    private static final Sealed DEVICE = new Sealed("ZGV2aWNl");
    private static final TokenHash FIRST = new TokenHash("first");
    private static final TokenHash SECOND = new TokenHash("second");
    private static final TokenHash THIRD = new TokenHash("third");
    private static final Instant END = NOON.plus(Duration.ofDays(30));
    private static final SessionOpened OPENED = new SessionOpened(SESSION, ANNA, 4, FIRST, END, DEVICE);
    private static final SessionRefreshed REFRESHED = new SessionRefreshed(SESSION, ANNA, SECOND, END);
    private static final SessionRevoked SIGNED_OUT = new SessionRevoked(SESSION, ANNA, SessionEnd.SIGNED_OUT);
    private static final SessionRevoked REUSED = new SessionRevoked(SESSION, ANNA, SessionEnd.TOKEN_REUSED);

    private final Scenario<Session> session = Scenario.of(Session.class);

    @Test
    void a_session_lasts_30_days() {
        session.when(new OpenSession(SESSION, ANNA, 4, FIRST, DEVICE)).then(OPENED);
    }

    @Test
    void each_refresh_gives_it_30_days_more_and_another_token() {
        Instant later = NOON.plus(Duration.ofDays(7));

        session.given(OPENED)
                .at(later)
                .when(new RefreshSession(SESSION, FIRST, SECOND, true))
                .then(new SessionRefreshed(SESSION, ANNA, SECOND, later.plus(Duration.ofDays(30))))
                .answering(true);
    }

    @Test
    void the_next_token_is_valid_as_well() {
        session.given(OPENED, REFRESHED)
                .when(new RefreshSession(SESSION, SECOND, THIRD, true))
                .then(new SessionRefreshed(SESSION, ANNA, THIRD, END))
                .answering(true);
    }

    @Test
    void a_token_that_was_used_before_ends_the_session() {
        session.given(OPENED, REFRESHED)
                .when(new RefreshSession(SESSION, FIRST, THIRD, true))
                .then(REUSED)
                .answering(false);
    }

    @Test
    void a_token_that_was_made_up_changes_nothing() {
        session.given(OPENED, REFRESHED)
                .when(new RefreshSession(SESSION, FIRST, THIRD, false))
                .thenNothing()
                .answering(false);
    }

    @Test
    void of_tokens_from_before_the_mac_the_current_one_is_valid() {
        session.given(OPENED, REFRESHED)
                .when(new RefreshSession(SESSION, SECOND, THIRD, false))
                .then(new SessionRefreshed(SESSION, ANNA, THIRD, END))
                .answering(true);
    }

    @Test
    void afterwards_the_valid_token_is_invalid() {
        session.given(OPENED, REFRESHED, REUSED)
                .when(new RefreshSession(SESSION, SECOND, THIRD, true))
                .thenNothing()
                .answering(false);
    }

    @Test
    void a_token_is_valid_until_its_last_moment() {
        session.given(OPENED)
                .at(END.minusNanos(1))
                .when(new RefreshSession(SESSION, FIRST, SECOND, true))
                .answering(true);
        Scenario.of(Session.class)
                .given(OPENED)
                .at(END)
                .when(new RefreshSession(SESSION, FIRST, SECOND, true))
                .thenNothing()
                .answering(false);
    }

    static Stream<SessionCommand> ends() {
        return Stream.of(new EndSession(SESSION, ANNA), new EndSessionByToken(SESSION, SECOND));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void its_owner_ends_it(SessionCommand end) {
        session.given(OPENED, REFRESHED).when(end).then(SIGNED_OUT).answering(true);
    }

    @ParameterizedTest
    @MethodSource("ends")
    void it_ends_once(SessionCommand end) {
        session.given(OPENED, REFRESHED, SIGNED_OUT).when(end).thenNothing().answering(false);
        Scenario.of(Session.class)
                .given(OPENED, REFRESHED)
                .at(END)
                .when(end)
                .thenNothing()
                .answering(false);
    }

    @Test
    void to_other_customers_it_does_not_exist() {
        session.given(OPENED).when(new EndSession(SESSION, BERT)).thenRefused(new Refusal.Unknown());
        Scenario.of(Session.class)
                .given(OPENED, REFRESHED)
                .when(new EndSessionByToken(SESSION, FIRST))
                .thenRefused(new Refusal.Unknown());
    }

    static Stream<SessionCommand> all() {
        return Stream.concat(ends(), Stream.of(new RefreshSession(SESSION, FIRST, SECOND, true)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void a_session_that_was_never_opened_is_unknown(SessionCommand command) {
        session.when(command).thenUnknown();
    }
}
