package dev.kontor.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.gateway.Answer;
import dev.kontor.gateway.GatewayTest;
import dev.kontor.proto.identity.IdentityCommandsGrpc;
import dev.kontor.proto.identity.Tokens;
import dev.kontor.wire.operations.Problem;
import dev.kontor.wire.operations.Refused;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** Limits over hours, so that nothing comes back while a test runs. */
@TestPropertySource(
        properties = {
            "kontor.limits.sign-up.per-address=2/1h",
            "kontor.limits.sign-in.per-address=6/1h",
            "kontor.limits.sign-in.per-account=3/1h",
            "kontor.limits.refresh.per-account=2/1h",
            "kontor.limits.password.per-account=2/1h"
        })
@DirtiesContext(classMode = DirtiesContext.ClassMode.BEFORE_EACH_TEST_METHOD)
class TooManyTriesTest extends GatewayTest {

    private static final String SIGN_IN = "/api/v1/auth/signin";

    @BeforeEach
    void one_password_is_right() {
        sides.on(IdentityCommandsGrpc.getSignInMethod(), request -> {
            if (request.getPassword().equals("right")) {
                return Tokens.newBuilder().setAccessToken("a.b.c").build();
            }
            throw new Refused(Problem.BAD_CREDENTIALS, Problem.BAD_CREDENTIALS.title());
        });
    }

    private Answer signIn(String email, String password) {
        return sendJson("POST", SIGN_IN, "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, password));
    }

    @Test
    void tries_count_whether_they_succeed_or_not_and_whatever_the_letter_case() {
        signIn("ann@example.com", "right").hasStatus(200);
        signIn("Ann@Example.com", "wrong").isProblem(Problem.BAD_CREDENTIALS);
        signIn(" ANN@example.com ", "right").hasStatus(200);

        Answer fourth = signIn("ann@EXAMPLE.com", "right").isProblem(Problem.TOO_MANY_REQUESTS);

        assertThat(Long.parseLong(fourth.header("Retry-After"))).isBetween(1_190L, 1_200L);
        assertThat(fourth.at("/retryAfter")).isEqualTo(fourth.header("Retry-After"));
        assertThat(fourth.body()).doesNotContainIgnoringCase("ann@");
        signIn("ben@example.com", "right").hasStatus(200);
    }

    @Test
    void tries_count_by_what_one_signs_in_to_however_it_is_typed() {
        signIn("\uFF21nn@example.com", "wrong").isProblem(Problem.BAD_CREDENTIALS);
        signIn("ann@example\uFF0Ecom", "wrong").isProblem(Problem.BAD_CREDENTIALS);
        signIn("\u00A0ann@e\u2093ample.com", "wrong").isProblem(Problem.BAD_CREDENTIALS);

        signIn("ann@example.com", "right").isProblem(Problem.TOO_MANY_REQUESTS);
    }

    @Test
    void no_side_hears_of_a_try_too_many() {
        for (int i = 0; i < 3; i++) {
            signIn("ann@example.com", "right").hasStatus(200);
        }
        sides.on(IdentityCommandsGrpc.getSignInMethod(), request -> {
            throw new AssertionError("a side was called");
        });

        signIn("ann@example.com", "right").isProblem(Problem.TOO_MANY_REQUESTS);
    }

    @Test
    void an_address_that_tries_many_accounts_is_stopped_before_its_body_is_read() {
        for (int i = 0; i < 6; i++) {
            signIn("customer-" + i + "@example.com", "wrong").isProblem(Problem.BAD_CREDENTIALS);
        }

        sendJson("POST", SIGN_IN, "no JSON at all").isProblem(Problem.TOO_MANY_REQUESTS);
        sendJson("POST", "/api/v1/auth/sign%69n", "no JSON at all").isProblem(Problem.TOO_MANY_REQUESTS);
        sendJson("POST", "/api/v1/auth/signup", "no JSON at all").isProblem(Problem.MALFORMED_REQUEST);
    }

    @Test
    void a_body_that_cannot_be_read_is_a_try_as_well() {
        sendJson("POST", "/api/v1/auth/signup", "{").isProblem(Problem.MALFORMED_REQUEST);
        sendJson("POST", "/api/v1/auth/signup", "{}").isProblem(Problem.INVALID_REQUEST);

        sendJson("POST", "/api/v1/auth/signup", "{}").isProblem(Problem.TOO_MANY_REQUESTS);
    }

    private Answer refresh(String token) {
        return sendJson("POST", "/api/v1/auth/refresh", "{\"refresh_token\":\"%s\"}".formatted(token));
    }

    @Test
    void a_session_is_refreshed_so_often_with_whatever_token() {
        sides.on(
                IdentityCommandsGrpc.getRefreshMethod(),
                request -> Tokens.newBuilder().setAccessToken("a.b.c").build());
        refresh("session-1.first").hasStatus(200);
        refresh("session-1.second").hasStatus(200);

        refresh("session-1.third").isProblem(Problem.TOO_MANY_REQUESTS);
        refresh("session-2.first").hasStatus(200);
    }

    @Test
    void a_caller_has_so_many_tries_at_their_password() {
        String path = "/api/v1/customers/me/password";
        sendJsonAs(CUSTOMER, "POST", path, "{}");
        sendJsonAs(CUSTOMER, "POST", path, "{}");

        sendJsonAs(CUSTOMER, "POST", path, "{}").isProblem(Problem.TOO_MANY_REQUESTS);
        assertThat(sendJsonAs(ADMIN, "POST", path, "{}").status()).isNotEqualTo(429);
    }
}
