package dev.kontor.gateway.identity;

import static dev.kontor.gateway.ExpectedProblem.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.gateway.GatewayTest;
import dev.kontor.gateway.TestAuthority;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.identity.AwaitRevokedResponse;
import dev.kontor.proto.identity.ChangePasswordRequest;
import dev.kontor.proto.identity.IdentityCommandsGrpc;
import dev.kontor.proto.identity.IdentityQueriesGrpc;
import dev.kontor.proto.identity.RefreshRequest;
import dev.kontor.proto.identity.Revoked;
import dev.kontor.proto.identity.SignInRequest;
import dev.kontor.proto.identity.SignOutRequest;
import dev.kontor.proto.identity.Tokens;
import dev.kontor.testsupport.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest extends GatewayTest {

    private static final String ANN = "{\"email\":\"ann@example.com\",\"password\":\"testPass123\"}";
    private static final String REFRESH = "{\"refresh_token\":\"session.secret\"}";
    private static final Tokens TOKENS = Tokens.newBuilder()
            .setAccessToken("a.b.c")
            .setExpiresInSeconds(900)
            .setRefreshToken("session.next")
            .build();

    @BeforeEach
    void the_sides_agree() {
        sides.on(IdentityCommandsGrpc.getSignInMethod(), q -> TOKENS);
        sides.on(IdentityCommandsGrpc.getRefreshMethod(), q -> TOKENS);
        sides.on(IdentityCommandsGrpc.getSignOutMethod(), q -> Revoked.getDefaultInstance());
        sides.on(IdentityCommandsGrpc.getChangePasswordMethod(), q -> Revoked.getDefaultInstance());
        sides.on(
                IdentityQueriesGrpc.getAwaitRevokedMethod(),
                q -> AwaitRevokedResponse.newBuilder().setFresh(true).build());
    }

    @Test
    void a_refresh_is_answered_as_a_sign_in_and_not_cached() {
        Answer signedIn = sendJson("POST", "/api/v1/auth/signin", ANN).hasStatus(200);
        Answer refreshed = sendJson("POST", "/api/v1/auth/refresh", REFRESH).hasStatus(200);

        assertThat(refreshed.body())
                .isEqualTo(
                        "{\"access_token\":\"a.b.c\",\"refresh_token\":\"session.next\",\"token_type\":\"Bearer\",\"expires_in\":900}")
                .isEqualTo(signedIn.body());
        assertThat(signedIn.header("Cache-Control")).isEqualTo("no-store");
        assertThat(refreshed.header("Cache-Control")).isEqualTo("no-store");
        assertThat(sides.received(IdentityCommandsGrpc.getRefreshMethod()).request())
                .isEqualTo(RefreshRequest.newBuilder()
                        .setRefreshToken("session.secret")
                        .build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "null", "{\"refresh_token\":null}", "{\"refresh_token\":\"\"}"})
    void a_missing_refresh_token_is_answered_as_an_invalid_one(String body) {
        sendJson("POST", "/api/v1/auth/refresh", body).satisfies(problem(Problem.BAD_REFRESH_TOKEN));

        assertThat(sides.received(IdentityCommandsGrpc.getRefreshMethod())).isNull();
    }

    @Test
    void a_refresh_token_that_is_refused_is_a_problem_of_its_own() {
        sides.on(IdentityCommandsGrpc.getRefreshMethod(), q -> {
            throw new RefusedException(Problem.BAD_REFRESH_TOKEN, Problem.BAD_REFRESH_TOKEN.title());
        });

        Answer answer = sendJson("POST", "/api/v1/auth/refresh", REFRESH).satisfies(problem(Problem.BAD_REFRESH_TOKEN));

        assertThat(answer.body()).doesNotContain("session.secret");
    }

    @Test
    void the_client_s_name_goes_with_a_sign_in() {
        sendJson("POST", "/api/v1/auth/signin", ANN, "User-Agent", "Lynx".repeat(51))
                .hasStatus(200);

        SignInRequest sent = (SignInRequest)
                sides.received(IdentityCommandsGrpc.getSignInMethod()).request();
        assertThat(sent.getDevice()).isEqualTo("Lynx".repeat(51));
    }

    @Test
    void a_sign_out_with_an_access_token_needs_no_body() {
        sendAs(CUSTOMER, "POST", "/api/v1/auth/signout").hasStatus(204);

        assertThat(sides.received(IdentityCommandsGrpc.getSignOutMethod()).callerId())
                .isEqualTo(TestAuthority.idOf("customer-1"));
        assertThat(sides.received(IdentityQueriesGrpc.getAwaitRevokedMethod()).callerId())
                .as("the access token may be revoked by now")
                .isNull();
    }

    @Test
    void a_sign_out_with_a_refresh_token_needs_no_access_token() {
        sendJson("POST", "/api/v1/auth/signout", REFRESH).hasStatus(204);

        assertThat(sides.received(IdentityCommandsGrpc.getSignOutMethod()).request())
                .isEqualTo(SignOutRequest.newBuilder()
                        .setRefreshToken("session.secret")
                        .build());
    }

    @Test
    void a_sign_out_without_a_token_is_refused() {
        send("POST", "/api/v1/auth/signout").satisfies(problem(Problem.UNAUTHENTICATED));
        sendJson("POST", "/api/v1/auth/signout", "{}").satisfies(problem(Problem.UNAUTHENTICATED));
    }

    @Test
    void a_change_of_password_needs_the_current_one() {
        Answer answer = sendJsonAs(
                CUSTOMER,
                "POST",
                "/api/v1/customers/me/password",
                "{\"currentPassword\":\"testPass123\",\"newPassword\":\"testPass456\"}");

        assertThat(answer.hasStatus(204).body()).isEmpty();
        assertThat(sides.received(IdentityCommandsGrpc.getChangePasswordMethod())
                        .request())
                .isEqualTo(ChangePasswordRequest.newBuilder()
                        .setCurrentPassword("testPass123")
                        .setNewPassword("testPass456")
                        .build());
    }

    @Test
    void a_change_of_password_needs_both_passwords() {
        sendJsonAs(CUSTOMER, "POST", "/api/v1/customers/me/password", "{}")
                .satisfies(problem(Problem.INVALID_REQUEST))
                .namesField("currentPassword")
                .namesField("newPassword");
    }

    @Test
    void a_wrong_current_password_is_refused_as_wrong_credentials() {
        sides.on(IdentityCommandsGrpc.getChangePasswordMethod(), q -> {
            throw new RefusedException(Problem.BAD_CREDENTIALS, Problem.BAD_CREDENTIALS.title());
        });

        sendJsonAs(
                        CUSTOMER,
                        "POST",
                        "/api/v1/customers/me/password",
                        "{\"currentPassword\":\"wrong\",\"newPassword\":\"testPass456\"}")
                .satisfies(problem(Problem.BAD_CREDENTIALS));
    }

    @Test
    void passwords_and_tokens_are_not_in_any_string() {
        assertThat(new RefreshTokenJson("session.secret").toString()).doesNotContain("secret");
        assertThat(new PasswordChange("testPass123", "testPass456").toString()).doesNotContain("testPass");
    }
}
