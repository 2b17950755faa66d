package dev.kontor.gateway.identity;

import static dev.kontor.gateway.ExpectedProblem.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.gateway.GatewayTest;
import dev.kontor.gateway.ScriptedSides;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.proto.catalog.CatalogQueriesGrpc;
import dev.kontor.proto.catalog.SearchProductsResponse;
import dev.kontor.testsupport.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** A gateway whose sides list no keys. */
@TestPropertySource(
        properties = {
            "spring.grpc.client.channel.command-side.target=in-process:nowhere",
            "spring.grpc.client.channel.query-side.target=in-process:" + ScriptedSides.NAME_WITHOUT_KEYS,
            "management.endpoint.health.group.readiness.include=readinessState,signingKeys"
        })
class NoKeysTest extends GatewayTest {

    @BeforeEach
    void the_catalog_can_be_read() {
        sides.on(CatalogQueriesGrpc.getSearchProductsMethod(), q -> SearchProductsResponse.getDefaultInstance());
    }

    @Test
    void a_token_cannot_be_verified_and_is_answered_503() {
        Answer answer = sendAs(CUSTOMER, "GET", "/api/v1/cart").satisfies(problem(Problem.UNAVAILABLE));

        assertThat(answer.header("Retry-After")).isEqualTo("1");
        answer.hasNoHeader("WWW-Authenticate");
    }

    @Test
    void a_malformed_token_is_refused() {
        sendAs("a.b.c", "GET", "/api/v1/cart").satisfies(problem(Problem.UNAUTHENTICATED));
    }

    @Test
    void public_operations_are_available() {
        send("GET", "/api/v1/catalog/products").hasStatus(200);
    }

    @Test
    void no_keys_are_published() {
        send("GET", "/.well-known/jwks.json").satisfies(problem(Problem.UNAVAILABLE));
    }

    @Test
    void the_gateway_is_not_ready() {
        send("GET", "/actuator/health/readiness").hasStatus(503);
        send("GET", "/actuator/health/liveness").hasStatus(200);
    }
}
