package dev.kontor.gateway.identity;

import static dev.kontor.gateway.ExpectedProblem.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.gateway.GatewayTest;
import dev.kontor.gateway.TestAuthority;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.proto.catalog.CatalogQueriesGrpc;
import dev.kontor.proto.catalog.SearchProductsResponse;
import dev.kontor.proto.customer.Customer;
import dev.kontor.proto.customer.CustomerQueriesGrpc;
import dev.kontor.proto.customer.GetCustomerResponse;
import dev.kontor.proto.identity.AwaitRevokedResponse;
import dev.kontor.proto.identity.IdentityCommandsGrpc;
import dev.kontor.proto.identity.IdentityQueriesGrpc;
import dev.kontor.proto.identity.Revoked;
import dev.kontor.testsupport.Answer;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessRulesTest extends GatewayTest {

    @ParameterizedTest
    @CsvSource({
        "GET,/api/v1/customers/me",
        "PATCH,/api/v1/customers/me",
        "DELETE,/api/v1/customers/me",
        "POST,/api/v1/customers/me/password",
        "GET,/api/v1/customers/me/sessions",
        "DELETE,/api/v1/customers/me/sessions/session-2",
        "GET,/api/v1/customers/me/export",
        "GET,/api/v1/customers/customer-1/export",
        "GET,/api/v1/cart",
        "GET,/api/v1/orders",
        "POST,/api/v1/orders",
        "POST,/api/v1/cart/checkout",
        "GET,/api/v1/admin/views",
        "POST,/api/v1/catalog/products",
        "GET,/api/v1/customers",
        "GET,/actuator/metrics"
    })
    void without_a_token_the_answer_is_401(String method, String path) {
        Answer answer = send(method, path).satisfies(problem(Problem.UNAUTHENTICATED));

        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/api/v1/admin/views",
        "POST,/api/v1/admin/views/catalog/rebuild",
        "PATCH,/api/v1/admin/views/catalog",
        "DELETE,/api/v1/admin/views/catalog/generations/1",
        "GET,/api/v1/admin/events",
        "GET,/api/v1/admin/events/live",
        "GET,/api/v1/admin/aggregates/product-1",
        "GET,/api/v1/admin/stories/order-1",
        "POST,/api/v1/admin/events/unmask",
        "POST,/api/v1/admin/checkpoints",
        "GET,/api/v1/admin/signing-keys",
        "POST,/api/v1/admin/signing-keys",
        "DELETE,/api/v1/admin/signing-keys/some-key",
        "GET,/api/v1/customers",
        "GET,/api/v1/customers/customer-2",
        "PUT,/api/v1/customers/customer-1/role",
        "PATCH,/api/v1/customers/customer-1",
        "DELETE,/api/v1/customers/customer-1",
        "GET,/api/v1/customers/customer-1/sessions",
        "DELETE,/api/v1/customers/customer-1/sessions",
        "DELETE,/api/v1/customers/customer-1/sessions/session-1",
        "GET,/api/v1/customers/customer-1/export",
        "GET,/api/v1/customers/customer-2/cart",
        "POST,/api/v1/orders/order-1/ship",
        "POST,/api/v1/orders/order-1/deliver",
        "GET,/actuator/metrics"
    })
    void operations_for_admins_are_forbidden_for_customers(String method, String path) {
        sendAs(CUSTOMER, method, path).satisfies(problem(Problem.FORBIDDEN));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer garbage",
                "Bearer ",
                "Bearer",
                "Basic dXNlcjpwYXNzd29yZA==",
                "Bearer a.b.c",
                "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbi0xIn0."
            })
    void a_malformed_token_is_refused_where_one_is_needed(String authorization) {
        Answer answer = send("GET", "/api/v1/catalog/products?seller=me", "Authorization", authorization)
                .satisfies(problem(Problem.UNAUTHENTICATED));

        assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(answer.body()).doesNotContain("garbage");
    }

    @Test
    void tokens_are_ignored_where_none_is_needed() {
        sides.on(CatalogQueriesGrpc.getSearchProductsMethod(), q -> SearchProductsResponse.getDefaultInstance());

        sendAs("garbage", "GET", "/v3/api-docs").hasStatus(200);
        sendAs("garbage", "GET", "/api/v1/catalog/products").hasStatus(200);
        assertThat(sides.received(CatalogQueriesGrpc.getSearchProductsMethod()).callerId())
                .isNull();
    }

    @Test
    void a_sign_out_with_a_refresh_token_needs_no_access_token() {
        sides.on(IdentityCommandsGrpc.getSignOutMethod(), q -> Revoked.getDefaultInstance());
        sides.on(IdentityQueriesGrpc.getAwaitRevokedMethod(), q -> AwaitRevokedResponse.getDefaultInstance());

        sendAs("garbage", "POST", "/api/v1/auth/signout").satisfies(problem(Problem.UNAUTHENTICATED));
        sendJsonAs("garbage", "POST", "/api/v1/auth/signout", "{\"refresh_token\":\"a.b\"}")
                .hasStatus(204);
    }

    @Test
    void an_expired_token_is_refused() {
        String old = authority.token("customer-1", "CUSTOMER", Instant.now().minusSeconds(1));

        sendAs(old, "GET", "/api/v1/customers/me").satisfies(problem(Problem.UNAUTHENTICATED));
    }

    @Test
    void a_token_that_was_tampered_with_is_refused() {
        String[] customers = CUSTOMER.split("\\.");
        String[] admins = ADMIN.split("\\.");

        sendAs(admins[0] + "." + admins[1] + "." + customers[2], "GET", "/api/v1/admin/views")
                .satisfies(problem(Problem.UNAUTHENTICATED));
    }

    @Test
    void a_valid_token_is_forwarded_with_every_call() {
        sides.on(
                CustomerQueriesGrpc.getGetCustomerMethod(),
                q -> GetCustomerResponse.newBuilder()
                        .setCustomer(Customer.newBuilder().setId("customer-1"))
                        .build());

        sendAs(CUSTOMER, "GET", "/api/v1/customers/me").hasStatus(200);

        assertThat(sides.received(CustomerQueriesGrpc.getGetCustomerMethod()).callerId())
                .isEqualTo(TestAuthority.idOf("customer-1"));
    }

    @Test
    void the_caller_is_forgotten_after_the_request() {
        sides.on(CatalogQueriesGrpc.getSearchProductsMethod(), q -> SearchProductsResponse.getDefaultInstance());

        sendAs(CUSTOMER, "GET", "/api/v1/catalog/products?seller=me").hasStatus(200);
        Answer next = send("GET", "/api/v1/catalog/products").hasStatus(200);

        assertThat(sides.received(CatalogQueriesGrpc.getSearchProductsMethod()).callerId())
                .isNull();
        next.hasNoHeader("Set-Cookie");
    }
}
