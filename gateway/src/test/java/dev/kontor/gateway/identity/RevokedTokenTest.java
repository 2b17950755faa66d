package dev.kontor.gateway.identity;

import static dev.kontor.gateway.ExpectedProblem.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.gateway.GatewayTest;
import dev.kontor.gateway.TestAuthority;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.cart.CartQueriesGrpc;
import dev.kontor.proto.cart.GetCartResponse;
import dev.kontor.proto.identity.IdentityCommandsGrpc;
import dev.kontor.proto.identity.Revocation;
import dev.kontor.proto.identity.Revoked;
import dev.kontor.proto.identity.TokenVerificationGrpc;
import dev.kontor.proto.identity.TokensVoid;
import dev.kontor.testsupport.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** A revoked token with a valid signature: every request with it reaches a side, which refuses it. */
@TestPropertySource(
        properties = {
            "kontor.limits.password.per-account=2/1h",
            "management.endpoints.web.exposure.include=health,metrics"
        })
class RevokedTokenTest extends GatewayTest {

    private static final String PASSWORD = "/api/v1/customers/me/password";
    private static final String NEW_PASSWORD = "{\"currentPassword\":\"testPass123\",\"newPassword\":\"testPass456\"}";

    @BeforeEach
    void every_customer_has_a_cart() {
        sides.on(CartQueriesGrpc.getGetCartMethod(), q -> GetCartResponse.getDefaultInstance());
        sides.on(IdentityCommandsGrpc.getChangePasswordMethod(), q -> Revoked.getDefaultInstance());
    }

    private void revokeTokensOf(String name) {
        sides.revoke(Revocation.newBuilder()
                .setTokens(TokensVoid.newBuilder()
                        .setCustomerId(TestAuthority.idOf(name))
                        .setBelowVersion(2))
                .build());
    }

    private static void isRefusedAsInvalid(Answer answer) {
        answer.satisfies(problem(Problem.UNAUTHENTICATED));
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
    }

    @Test
    void a_token_that_a_side_refuses_is_refused() {
        String token = authority.token("customer-whose-password-changes", "CUSTOMER");
        sendAs(token, "GET", "/api/v1/cart").hasStatus(200);

        revokeTokensOf("customer-whose-password-changes");

        isRefusedAsInvalid(sendAs(token, "GET", "/api/v1/cart"));
        sendAs(authority.token("another-customer", "CUSTOMER"), "GET", "/api/v1/cart")
                .hasStatus(200);
    }

    @Test
    void an_answer_without_a_side_needs_a_check_by_a_side() {
        String token = authority.token("admin-who-is-none-any-more", "ADMIN");
        sendAs(token, "GET", "/actuator/metrics").hasStatus(200);

        revokeTokensOf("admin-who-is-none-any-more");

        isRefusedAsInvalid(sendAs(token, "GET", "/actuator/metrics"));
        sendAs(ADMIN, "GET", "/actuator/metrics").hasStatus(200);
        sendAs(CUSTOMER, "GET", "/actuator/metrics").satisfies(problem(Problem.FORBIDDEN));
        send("GET", "/actuator/metrics").satisfies(problem(Problem.UNAUTHENTICATED));
    }

    @Test
    void only_a_caller_with_a_valid_token_gets_403() {
        String token = authority.token("customer-who-has-left", "CUSTOMER");
        sendAs(token, "GET", "/api/v1/admin/views").satisfies(problem(Problem.FORBIDDEN));

        revokeTokensOf("customer-who-has-left");

        isRefusedAsInvalid(sendAs(token, "GET", "/api/v1/admin/views"));
        isRefusedAsInvalid(sendAs(token, "GET", "/actuator/metrics"));
    }

    @Test
    void without_a_check_by_a_side_the_gateway_gives_no_answer_of_its_own() {
        sides.on(TokenVerificationGrpc.getCheckTokenMethod(), q -> {
            throw new RefusedException(Problem.UNAVAILABLE, "Tokens cannot be verified at the moment");
        });

        Answer answer = sendAs(ADMIN, "GET", "/actuator/metrics").satisfies(problem(Problem.UNAVAILABLE));

        assertThat(answer.header("Retry-After")).isEqualTo("1");
        answer.hasNoHeader("WWW-Authenticate");
        send("GET", "/actuator/health/liveness").hasStatus(200);
    }

    @Test
    void a_revoked_token_does_not_use_up_the_attempts_of_its_owner() {
        String stolen = authority.token("customer-with-a-stolen-token", "CUSTOMER");
        sides.revoke(Revocation.newBuilder()
                .setSessionId(TestAuthority.idOf("session of customer-with-a-stolen-token"))
                .build());
        for (int i = 0; i < 5; i++) {
            isRefusedAsInvalid(sendJsonAs(stolen, "POST", PASSWORD, NEW_PASSWORD));
        }

        sendJsonAs(
                        authority.tokenOfSession("customer-with-a-stolen-token", "another session"),
                        "POST",
                        PASSWORD,
                        NEW_PASSWORD)
                .hasStatus(204);
    }
}
