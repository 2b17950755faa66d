package dev.kontor.command.identity;

import static dev.kontor.command.platform.Scenario.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kontor.api.Refusal;
import dev.kontor.api.customer.CustomerEvent.CustomerDeactivated;
import dev.kontor.api.customer.CustomerEvent.CustomerRegistered;
import dev.kontor.api.customer.Role;
import dev.kontor.api.customer.Sealed;
import dev.kontor.api.identity.AccountCommand.Refresh;
import dev.kontor.api.identity.AccountCommand.SignIn;
import dev.kontor.api.identity.AdminsEvent.AdminAppointed;
import dev.kontor.api.identity.Admission;
import dev.kontor.api.identity.CredentialsEvent.CredentialsClosed;
import dev.kontor.api.identity.CredentialsEvent.SignInSucceeded;
import dev.kontor.api.identity.CredentialsEvent.TokensRevoked;
import dev.kontor.api.identity.CredentialsEvent.VerifierSet;
import dev.kontor.api.identity.RevokedBecause;
import dev.kontor.api.identity.SessionEnd;
import dev.kontor.api.identity.SessionEvent.SessionOpened;
import dev.kontor.api.identity.SessionEvent.SessionRefreshed;
import dev.kontor.api.identity.SessionEvent.SessionRevoked;
import dev.kontor.api.identity.SessionId;
import dev.kontor.api.identity.TokenHash;
import dev.kontor.api.ids.CustomerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SessionHandlerTest extends WithLoggedAccounts {

    private static final CustomerId ANNA = CustomerId.mint();
    private static final SessionId SESSION = SessionId.mint();
    private static final Sealed SEALED = new Sealed("c2VhbGVk");
    private static final TokenHash FIRST = new TokenHash("first");
    private static final TokenHash SECOND = new TokenHash("second");
    private static final TokenHash THIRD = new TokenHash("third");
    private static final Instant END = NOON.plus(Duration.ofDays(30));
    private static final SignIn SIGN_IN = new SignIn(ANNA, 1, SESSION, FIRST, SEALED);
    private static final SessionOpened OPENED = new SessionOpened(SESSION, ANNA, 1, FIRST, END, SEALED);
    private static final Refresh REFRESH = new Refresh(SESSION, FIRST, SECOND, true);

    private LoggedAccounts givenAnnaIs(Role role) {
        return accounts.given(new VerifierSet(ANNA, SEALED, 1), new CustomerRegistered(ANNA, SEALED, SEALED, role));
    }

    @Test
    void a_right_password_opens_a_session() {
        givenAnnaIs(Role.CUSTOMER);

        assertThat(accounts.<Admission>send(SIGN_IN)).isEqualTo(new Admission(ANNA, Role.CUSTOMER, 1));
        assertThat(accounts.written()).containsExactly(new SignInSucceeded(ANNA, 1), OPENED);
    }

    @Test
    void an_admin_from_before_the_list_gets_on_it_by_signing_in() {
        givenAnnaIs(Role.ADMIN);

        assertThat(accounts.<Admission>send(SIGN_IN)).isEqualTo(new Admission(ANNA, Role.ADMIN, 1));
        assertThat(accounts.written()).containsExactly(new SignInSucceeded(ANNA, 1), OPENED, new AdminAppointed(ANNA));
    }

    @Test
    void an_admin_on_the_list_is_not_appointed_again() {
        givenAnnaIs(Role.ADMIN).given(new AdminAppointed(ANNA));

        accounts.<Admission>send(SIGN_IN);

        assertThat(accounts.written()).containsExactly(new SignInSucceeded(ANNA, 1), OPENED);
    }

    static Stream<Object> obstacles() {
        return Stream.of(
                new TokensRevoked(ANNA, 1, RevokedBecause.DEACTIVATED),
                new CredentialsClosed(ANNA),
                new VerifierSet(ANNA, SEALED, 2),
                new CustomerDeactivated(ANNA));
    }

    @ParameterizedTest
    @MethodSource("obstacles")
    void a_sign_in_that_is_refused_leaves_nothing_and_opens_nothing(Object obstacle) {
        givenAnnaIs(Role.ADMIN).given(obstacle);

        assertThat(accounts.<Admission>send(SIGN_IN)).isNull();
        assertThat(accounts.written()).isEmpty();
    }

    @Test
    void a_refresh_token_is_exchanged_for_the_next() {
        givenAnnaIs(Role.ADMIN).given(OPENED);

        assertThat(accounts.<Admission>send(REFRESH)).isEqualTo(new Admission(ANNA, Role.ADMIN, 1));
        assertThat(accounts.written()).containsExactly(new SessionRefreshed(SESSION, ANNA, SECOND, END));
    }

    @Test
    void a_used_token_ends_the_session() {
        givenAnnaIs(Role.CUSTOMER).given(OPENED, new SessionRefreshed(SESSION, ANNA, SECOND, END));

        assertThat(accounts.<Admission>send(new Refresh(SESSION, FIRST, THIRD, true)))
                .isNull();
        assertThat(accounts.written()).containsExactly(new SessionRevoked(SESSION, ANNA, SessionEnd.TOKEN_REUSED));
        assertThat(accounts.<Admission>send(new Refresh(SESSION, SECOND, THIRD, true)))
                .isNull();
    }

    static List<Object> ends() {
        return List.of(
                new TokensRevoked(ANNA, 2, RevokedBecause.SIGNED_OUT_EVERYWHERE),
                new TokensRevoked(ANNA, 2, RevokedBecause.ROLE_CHANGED),
                new TokensRevoked(ANNA, 2, RevokedBecause.DEACTIVATED),
                new VerifierSet(ANNA, SEALED, 2),
                new CredentialsClosed(ANNA),
                new CustomerDeactivated(ANNA),
                new SessionRevoked(SESSION, ANNA, SessionEnd.SIGNED_OUT));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void afterwards_its_refresh_token_is_invalid(Object end) {
        givenAnnaIs(Role.CUSTOMER).given(OPENED, end);

        assertThat(accounts.<Admission>send(REFRESH)).isNull();
        assertThat(accounts.written()).isEmpty();
    }

    @Test
    void a_refresh_token_runs_out() {
        givenAnnaIs(Role.CUSTOMER).given(OPENED);
        accounts.clock().set(END);

        assertThat(accounts.<Admission>send(REFRESH)).isNull();
        assertThat(accounts.written()).isEmpty();
    }

    @Test
    void there_is_nothing_to_refresh_where_there_is_no_session() {
        accounts.given(new CustomerRegistered(new CustomerId(SESSION.value()), SEALED, SEALED, Role.CUSTOMER));

        Stream.of(REFRESH, new Refresh(SessionId.mint(), FIRST, SECOND, true))
                .forEach(refresh -> assertThat(
                                catchThrowableOfType(CommandExecutionException.class, () -> accounts.send(refresh))
                                        .<Refusal>getDetails())
                        .contains(new Refusal.Unknown()));
    }

    @Test
    void commands_and_events_reveal_neither_hashes_nor_sealed_data() {
        givenAnnaIs(Role.ADMIN);
        accounts.<Admission>send(SIGN_IN);
        accounts.<Admission>send(REFRESH);

        assertThat(accounts.written().toString() + SIGN_IN + REFRESH)
                .contains("TokenHash")
                .doesNotContain(FIRST.hash(), SECOND.hash(), SEALED.ciphertext());
    }
}
