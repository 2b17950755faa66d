package dev.kontor.command.identity;

import static dev.kontor.command.identity.ServedAccounts.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.api.customer.Role;
import dev.kontor.api.identity.AccountCommand.EraseAccount;
import dev.kontor.api.identity.SessionEnd;
import dev.kontor.api.identity.SessionEvent.SessionRevoked;
import dev.kontor.api.identity.SessionId;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.proto.identity.EndSessionRequest;
import dev.kontor.proto.identity.Revocation;
import dev.kontor.proto.identity.Revoked;
import dev.kontor.proto.identity.SignOutEverywhereRequest;
import dev.kontor.proto.identity.SignOutRequest;
import dev.kontor.proto.identity.Tokens;
import dev.kontor.proto.identity.TokensVoid;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Refreshing and ending sessions through the gRPC services. */
class SignOutTest extends WithServedAccounts {

    private static final String EMAIL = "anna@example.com";
    private static final Revoked NOTHING = Revoked.getDefaultInstance();

    private CustomerId anna;
    private Tokens annas;

    @BeforeEach
    void signIn() {
        anna = served.open(EMAIL, Role.CUSTOMER);
        annas = served.signIn(EMAIL);
        served.written();
    }

    private Tokens bert() {
        served.open("bert@example.com", Role.CUSTOMER);
        return served.signIn("bert@example.com");
    }

    private Tokens admin() {
        served.open("admin@example.com", Role.ADMIN);
        return served.signIn("admin@example.com");
    }

    private String sessionOf(Tokens tokens) {
        return served.callerOf(tokens).sessionId();
    }

    private static Revoked session(String id) {
        return Revoked.newBuilder()
                .addRevocations(Revocation.newBuilder().setSessionId(id))
                .build();
    }

    private static Revoked tokensOf(CustomerId customer, long below) {
        return Revoked.newBuilder()
                .addRevocations(Revocation.newBuilder()
                        .setTokens(TokensVoid.newBuilder()
                                .setCustomerId(customer.value())
                                .setBelowVersion(below)))
                .build();
    }

    private Revoked signOut(Tokens caller) {
        return served.as(caller, answer -> served.identity().signOut(SignOutRequest.getDefaultInstance(), answer));
    }

    private Revoked signOutWith(String refreshToken) {
        SignOutRequest request =
                SignOutRequest.newBuilder().setRefreshToken(refreshToken).build();
        return served.withoutToken(answer -> served.identity().signOut(request, answer));
    }

    private Revoked endSession(Tokens caller, String customer, String session) {
        EndSessionRequest request = EndSessionRequest.newBuilder()
                .setCustomerId(customer)
                .setSessionId(session)
                .build();
        return served.as(caller, answer -> served.identity().endSession(request, answer));
    }

    private Revoked signOutEverywhere(Tokens caller, String customer) {
        SignOutEverywhereRequest request =
                SignOutEverywhereRequest.newBuilder().setCustomerId(customer).build();
        return served.as(caller, answer -> served.identity().signOutEverywhere(request, answer));
    }

    private void isOver(Tokens tokens) {
        refused(Problem.BAD_REFRESH_TOKEN, () -> served.refresh(tokens.getRefreshToken()));
    }

    @Test
    void a_refresh_stays_in_its_session() {
        Tokens next = served.refresh(annas.getRefreshToken());

        assertThat(sessionOf(next)).isEqualTo(sessionOf(annas));
        assertThat(next.getRefreshToken()).isNotEqualTo(annas.getRefreshToken());
        assertThat(served.refresh(next.getRefreshToken()).getExpiresInSeconds()).isEqualTo(900);
    }

    @Test
    void a_refresh_token_that_comes_twice_ends_the_session_for_both() {
        Tokens next = served.refresh(annas.getRefreshToken());

        isOver(annas);

        isOver(next);
        assertThat(served.written())
                .contains(new SessionRevoked(new SessionId(sessionOf(annas)), anna, SessionEnd.TOKEN_REUSED));
    }

    @Test
    void an_invalid_refresh_token_is_refused_and_never_a_fault() {
        String secret = annas.getRefreshToken().substring(37);

        Stream.of("", "junk", annas.getAccessToken(), secret, anna + "." + secret, SessionId.mint() + "." + secret)
                .forEach(junk -> {
                    refused(Problem.BAD_REFRESH_TOKEN, () -> served.refresh(junk));
                    refused(Problem.BAD_REFRESH_TOKEN, () -> signOutWith(junk));
                });
        assertThat(served.written()).isEmpty();
    }

    @Test
    void a_session_without_a_refresh_ends_after_30_days() {
        served.logged().clock().advance(Duration.ofDays(30));

        isOver(annas);
    }

    @Test
    void signing_out_ends_the_caller_s_session_and_no_other() {
        Tokens elsewhere = served.signIn(EMAIL);

        assertThat(signOut(annas)).isEqualTo(session(sessionOf(annas)));

        isOver(annas);
        assertThat(served.refresh(elsewhere.getRefreshToken()).getAccessToken()).isNotEmpty();
    }

    @Test
    void signing_out_twice_revokes_nothing_more() {
        signOut(annas);

        assertThat(signOut(annas)).isEqualTo(NOTHING);
        assertThat(signOutWith(annas.getRefreshToken())).isEqualTo(NOTHING);
    }

    @Test
    void the_refresh_token_alone_signs_out() {
        assertThat(signOutWith(annas.getRefreshToken())).isEqualTo(session(sessionOf(annas)));

        isOver(annas);
    }

    @Test
    void a_used_refresh_token_does_not_sign_out() {
        Tokens next = served.refresh(annas.getRefreshToken());

        refused(Problem.BAD_REFRESH_TOKEN, () -> signOutWith(annas.getRefreshToken()));

        assertThat(served.refresh(next.getRefreshToken()).getAccessToken()).isNotEmpty();
    }

    @Test
    void the_operator_has_no_session_to_end() {
        Revoked revoked =
                served.asOperator(answer -> served.identity().signOut(SignOutRequest.getDefaultInstance(), answer));

        assertThat(revoked).isEqualTo(NOTHING);
    }

    @Test
    void customers_end_their_own_sessions() {
        Tokens elsewhere = served.signIn(EMAIL);

        assertThat(endSession(annas, "", sessionOf(elsewhere))).isEqualTo(session(sessionOf(elsewhere)));
        assertThat(endSession(annas, anna.value(), sessionOf(elsewhere))).isEqualTo(NOTHING);

        isOver(elsewhere);
    }

    @Test
    void only_an_admin_ends_the_session_of_another_customer() {
        String session = sessionOf(annas);
        Tokens bert = bert();
        Tokens admin = admin();

        refused(Problem.SESSION_NOT_FOUND, () -> endSession(bert, "", session));
        refused(Problem.FORBIDDEN, () -> endSession(bert, anna.value(), session));
        refused(Problem.SESSION_NOT_FOUND, () -> endSession(admin, "", session));
        assertThat(endSession(admin, anna.value(), session)).isEqualTo(session(session));
    }

    @Test
    void an_unknown_session_is_not_found() {
        Stream.of("", "junk", SessionId.mint().value(), anna.value())
                .forEach(none -> refused(Problem.SESSION_NOT_FOUND, () -> endSession(annas, "", none)));
    }

    @Test
    void signing_out_everywhere_ends_all_sessions_of_the_customer_only() {
        Tokens elsewhere = served.signIn(EMAIL);
        Tokens bert = bert();

        assertThat(signOutEverywhere(annas, "")).isEqualTo(tokensOf(anna, 2));

        isOver(annas);
        isOver(elsewhere);
        assertThat(served.refresh(bert.getRefreshToken()).getAccessToken()).isNotEmpty();
        assertThat(served.callerOf(served.signIn(EMAIL)).tokenVersion()).isEqualTo(2);
    }

    @Test
    void only_an_admin_signs_others_out_everywhere() {
        refused(Problem.FORBIDDEN, () -> signOutEverywhere(bert(), anna.value()));

        assertThat(signOutEverywhere(admin(), anna.value())).isEqualTo(tokensOf(anna, 2));
    }

    @Test
    void an_unknown_customer_is_not_signed_out_everywhere() {
        Tokens admin = admin();
        served.commands().send(new EraseAccount(anna, null, null));

        refused(Problem.CUSTOMER_INACTIVE, () -> signOutEverywhere(admin, anna.value()));
        refused(
                Problem.CUSTOMER_NOT_FOUND,
                () -> signOutEverywhere(admin, CustomerId.mint().value()));
        refused(Problem.CUSTOMER_NOT_FOUND, () -> signOutEverywhere(admin, "junk"));
        refused(
                Problem.FORBIDDEN,
                () -> served.<Revoked>asOperator(answer ->
                        served.identity().signOutEverywhere(SignOutEverywhereRequest.getDefaultInstance(), answer)));
    }
}
