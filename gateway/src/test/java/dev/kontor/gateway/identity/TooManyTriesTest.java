package dev.kontor.gateway.identity;

import static dev.kontor.gateway.ExpectedProblem.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.gateway.GatewayTest;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.identity.IdentityCommandsGrpc;
import dev.kontor.proto.identity.Tokens;
import dev.kontor.testsupport.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** Limits over hours, so that no limit refills while a test runs. */
@TestPropertySource(
        properties = {
            "kontor.limits.sign-up.per-address=2/1h",
            "kontor.limits.sign-in.per-address=6/1h",
            "kontor.limits.refresh.per-account=2/1h",
            "kontor.limits.password.per-account=2/1h"
        })
@DirtiesContext(classMode = DirtiesContext.ClassMode.BEFORE_EACH_TEST_METHOD)
class TooManyTriesTest extends GatewayTest {

    private static final String SIGN_IN = "/api/v1/auth/signin";

    @BeforeEach
    void one_password_is_correct() {
        sides.on(IdentityCommandsGrpc.getSignInMethod(), request -> {
            if (request.getPassword().equals("right")) {
                return Tokens.newBuilder().setAccessToken("a.b.c").build();
            }
            throw new RefusedException(Problem.BAD_CREDENTIALS, Problem.BAD_CREDENTIALS.title());
        });
    }

    private Answer signIn(String email, String password) {
        return sendJson("POST", SIGN_IN, "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, password));
    }

    /** Only the side knows the account of a password. */
    @Test
    void a_limit_of_the_side_is_answered_with_its_retry_time() {
        sides.on(IdentityCommandsGrpc.getSignInMethod(), request -> {
            throw new RefusedException(
                    Problem.TOO_MANY_REQUESTS,
                    Problem.TOO_MANY_REQUESTS.title(),
                    Map.of("retryAfter", "870"),
                    List.of());
        });

        Answer refused = signIn("ann@example.com", "wrong").satisfies(problem(Problem.TOO_MANY_REQUESTS));

        assertThat(refused.header("Retry-After")).isEqualTo("870");
        assertThat(refused.at("/retryAfter")).isEqualTo("870");
    }

    @Test
    void a_device_token_is_forwarded() {
        sides.on(
                IdentityCommandsGrpc.getSignInMethod(),
                request -> Tokens.newBuilder()
                        .setAccessToken("a.b.c")
                        .setDeviceToken(request.getDeviceToken() + "+")
                        .build());

        Answer first = signIn("ann@example.com", "right").hasStatus(200);
        Answer second = sendJson(
                        "POST",
                        SIGN_IN,
                        "{\"email\":\"a@example.com\",\"password\":\"right\",\"device_token\":\"%s\"}"
                                .formatted(first.at("/device_token")))
                .hasStatus(200);

        assertThat(second.at("/device_token")).isEqualTo("++");
    }

    @Test
    void attempts_beyond_the_limit_reach_no_side() {
        for (int i = 0; i < 6; i++) {
            signIn("ann@example.com", "right").hasStatus(200);
        }
        sides.on(IdentityCommandsGrpc.getSignInMethod(), request -> {
            throw new AssertionError("a side was called");
        });

        signIn("ann@example.com", "right").satisfies(problem(Problem.TOO_MANY_REQUESTS));
    }

    private Answer signInByGraphQl() {
        return sendJson(
                "POST",
                "/graphql",
                "{\"query\":\"mutation { signIn(input: {email: \\\"a@example.com\\\", password: \\\"right\\\"})"
                        + " { accessToken refreshToken } }\"}");
    }

    @Test
    void attempts_by_rest_and_by_graphql_have_one_limit() {
        for (int i = 0; i < 3; i++) {
            signIn("ann@example.com", "right").hasStatus(200);
            assertThat(signInByGraphQl().hasStatus(200).at("/data/signIn/accessToken"))
                    .isEqualTo("a.b.c");
        }

        signIn("ann@example.com", "right").satisfies(problem(Problem.TOO_MANY_REQUESTS));
        Answer refused = signInByGraphQl().hasStatus(200);
        assertThat(refused.at("/errors/0/extensions/code")).isEqualTo(Problem.TOO_MANY_REQUESTS.urn());
        assertThat(refused.at("/errors/0/extensions/retryAfter")).isNotEmpty();
        assertThat(sides.count(IdentityCommandsGrpc.getSignInMethod())).isEqualTo(6);
    }

    @Test
    void the_refreshes_of_a_session_by_graphql_are_limited_too() {
        sides.on(
                IdentityCommandsGrpc.getRefreshMethod(),
                request -> Tokens.newBuilder().setAccessToken("a.b.c").build());
        refresh("session-1.first").hasStatus(200);
        String twice = "{\"query\":\"mutation { one: refreshTokens(refreshToken: \\\"session-1.a\\\") { accessToken }"
                + " two: refreshTokens(refreshToken: \\\"session-1.b\\\") { accessToken } }\"}";

        Answer answer = sendJson("POST", "/graphql", twice).hasStatus(200);

        assertThat(answer.at("/data/one/accessToken")).isEqualTo("a.b.c");
        assertThat(answer.at("/errors/0/path/0")).isEqualTo("two");
        assertThat(answer.at("/errors/0/extensions/code")).isEqualTo(Problem.TOO_MANY_REQUESTS.urn());
    }

    @Test
    void an_address_that_tries_many_accounts_is_stopped_before_its_body_is_read() {
        for (int i = 0; i < 6; i++) {
            signIn("customer-" + i + "@example.com", "wrong").satisfies(problem(Problem.BAD_CREDENTIALS));
        }

        sendJson("POST", SIGN_IN, "no JSON at all").satisfies(problem(Problem.TOO_MANY_REQUESTS));
        sendJson("POST", "/api/v1/auth/sign%69n", "no JSON at all").satisfies(problem(Problem.TOO_MANY_REQUESTS));
        sendJson("POST", "/api/v1/auth/signup", "no JSON at all").satisfies(problem(Problem.MALFORMED_REQUEST));
    }

    @Test
    void an_unreadable_body_counts_as_an_attempt() {
        sendJson("POST", "/api/v1/auth/signup", "{").satisfies(problem(Problem.MALFORMED_REQUEST));
        sendJson("POST", "/api/v1/auth/signup", "{}").satisfies(problem(Problem.INVALID_REQUEST));

        sendJson("POST", "/api/v1/auth/signup", "{}").satisfies(problem(Problem.TOO_MANY_REQUESTS));
    }

    private Answer refresh(String token) {
        return sendJson("POST", "/api/v1/auth/refresh", "{\"refresh_token\":\"%s\"}".formatted(token));
    }

    @Test
    void the_refreshes_of_a_session_are_limited_whatever_the_token() {
        sides.on(
                IdentityCommandsGrpc.getRefreshMethod(),
                request -> Tokens.newBuilder().setAccessToken("a.b.c").build());
        refresh("session-1.first").hasStatus(200);
        refresh("session-1.second").hasStatus(200);

        refresh("session-1.third").satisfies(problem(Problem.TOO_MANY_REQUESTS));
        refresh("session-2.first").hasStatus(200);
    }

    @Test
    void the_attempts_of_a_caller_at_their_password_are_limited() {
        String path = "/api/v1/customers/me/password";
        sendJsonAs(CUSTOMER, "POST", path, "{}");
        sendJsonAs(CUSTOMER, "POST", path, "{}");

        sendJsonAs(CUSTOMER, "POST", path, "{}").satisfies(problem(Problem.TOO_MANY_REQUESTS));
        assertThat(sendJsonAs(ADMIN, "POST", path, "{}").status()).isNotEqualTo(429);
    }
}
