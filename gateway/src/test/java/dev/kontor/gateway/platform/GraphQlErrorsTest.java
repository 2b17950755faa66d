package dev.kontor.gateway.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.kontor.gateway.GraphQlTest;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.grpc.platform.RefusedException.Violation;
import dev.kontor.proto.Written;
import dev.kontor.proto.catalog.CatalogQueriesGrpc;
import dev.kontor.proto.order.GetOrderResponse;
import dev.kontor.proto.order.Order;
import dev.kontor.proto.order.OrderCommandsGrpc;
import dev.kontor.proto.order.OrderQueriesGrpc;
import dev.kontor.proto.order.OrderStatus;
import dev.kontor.proto.order.RejectedLine;
import dev.kontor.proto.order.Rejection;
import dev.kontor.proto.order.RejectionReason;
import dev.kontor.testsupport.Answer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A mistake has the same problem, whether it is made over REST or in GraphQL. */
class GraphQlErrorsTest extends GraphQlTest {

    private static final String LINE = "{\"productId\":\"product-1\",\"quantity\":1}";

    /** The members of both, without those that name the request. */
    private static void assertSame(Answer rest, Answer graphQl) {
        assertThat(graphQl.json().at("/errors").size()).as(graphQl.body()).isEqualTo(1);
        ObjectNode problem = (ObjectNode) rest.json().deepCopy();
        ObjectNode extensions =
                (ObjectNode) graphQl.json().at("/errors/0/extensions").deepCopy();
        JsonNode code = extensions.remove("code");
        assertThat(code).isEqualTo(problem.remove("type"));
        assertThat(graphQl.at("/errors/0/message")).isEqualTo(rest.at("/detail"));
        problem.remove("requestId");
        extensions.remove("requestId");
        assertThat(extensions).as(rest.body()).isEqualTo(problem);
    }

    @ParameterizedTest
    @EnumSource
    void every_refusal_of_a_side_is_the_same(Problem problem) {
        sides.on(CatalogQueriesGrpc.getGetProductMethod(), q -> {
            throw new RefusedException(
                    problem,
                    "About this occurrence",
                    Map.of("retryAfter", "7", "orderStatus", "PLACED"),
                    List.of(new Violation("lines[0].quantity", "must be at least 1")));
        });

        assertSame(
                send("GET", "/api/v1/catalog/products/product-1").hasStatus(problem.httpStatus()),
                ask(null, "{ product(id: \"product-1\") { id } }").hasStatus(200));
    }

    /** By caller: A for none, C for a customer. */
    static Stream<Arguments> mistakes() {
        String ship = "POST /api/v1/orders/order-1/ship";
        return Stream.of(
                arguments("A", "GET /api/v1/cart", "", "{ cart { version } }"),
                arguments("A", "GET /api/v1/customers/me", "", "{ me { id } }"),
                arguments("A", "GET /api/v1/customers", "", "{ customers { pageInfo { endCursor } } }"),
                arguments("A", "GET /api/v1/orders", "", "{ orders { pageInfo { endCursor } } }"),
                arguments("A", "GET /api/v1/orders/order-1", "", "{ order(id: \"order-1\") { id } }"),
                arguments("A", ship, "", "mutation { shipOrder(id: \"order-1\") { order { id } } }"),
                arguments("A", "POST /api/v1/cart/checkout", "", "mutation { checkOutCart { order { id } } }"),
                arguments(
                        "A",
                        "POST /api/v1/orders",
                        "{\"lines\":[" + LINE + "]}",
                        "mutation { placeOrder(input: {lines: [{productId: \"product-1\", quantity: 1}]}) { order { id } } }"),
                arguments(
                        "A",
                        "GET /api/v1/catalog/suggestions?q=t&size=0",
                        "",
                        "{ suggestions(q: \"t\", size: 0) { text } }"),
                arguments("C", "GET /api/v1/customers", "", "{ customers { pageInfo { endCursor } } }"),
                arguments("C", "GET /api/v1/customers/customer-1", "", "{ customer(id: \"customer-1\") { id } }"),
                arguments("C", "GET /api/v1/customers/other/cart", "", "{ cart(customerId: \"other\") { version } }"),
                arguments("C", ship, "", "mutation { shipOrder(id: \"order-1\") { order { id } } }"),
                arguments(
                        "C",
                        "POST /api/v1/orders/order-1/deliver",
                        "",
                        "mutation { deliverOrder(id: \"order-1\") { order { id } } }"),
                arguments(
                        "C",
                        "POST /api/v1/orders",
                        "{\"lines\":[" + LINE + ("," + LINE).repeat(100) + "]}",
                        "mutation { placeOrder(input: {lines: ["
                                + "{productId: \"product-1\", quantity: 1}".repeat(101)
                                + "]}) { order { id } } }"),
                arguments(
                        "C",
                        "GET /api/v1/orders?customer=other&all=true",
                        "",
                        "{ orders(scope: ALL, customerId: \"other\") { pageInfo { endCursor } } }"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void a_mistake_that_the_gateway_finds_is_the_same(String caller, String rest, String body, String graphQl) {
        String token = caller.equals("A") ? null : CUSTOMER;
        String[] call = rest.split(" ");
        if (caller.equals("A")) {
            sides.on(OrderQueriesGrpc.getListOrdersMethod(), q -> {
                throw new AssertionError("a caller without a token reads orders");
            });
        }

        Answer overRest;
        if (token == null) {
            overRest = body.isEmpty() ? send(call[0], call[1]) : sendJson(call[0], call[1], body);
        } else {
            overRest = body.isEmpty() ? sendAs(token, call[0], call[1]) : sendJsonAs(token, call[0], call[1], body);
        }
        Answer inGraphQl = ask(token, graphQl).hasStatus(200);

        assertThat(overRest.status()).isBetween(400, 499);
        assertSame(overRest, inGraphQl);
        assertThat(sides.calls()).isZero();
    }

    @Test
    void a_rejected_order_is_an_error_that_names_order_and_reason() {
        Written written = Written.newBuilder().setId("order-1").setVersion(6).build();
        sides.on(OrderCommandsGrpc.getPlaceOrderMethod(), q -> written);
        sides.on(
                OrderQueriesGrpc.getGetOrderMethod(),
                q -> GetOrderResponse.newBuilder()
                        .setOrder(Order.newBuilder()
                                .setId("order-1")
                                .setStatus(OrderStatus.REJECTED)
                                .setRejection(Rejection.newBuilder()
                                        .setReason(RejectionReason.INSUFFICIENT_STOCK)
                                        .addLines(RejectedLine.newBuilder()
                                                .setProductId("product-1")
                                                .setReason(RejectionReason.UNKNOWN_PRODUCT)
                                                .setAvailable(3))))
                        .setFresh(true)
                        .build());

        Answer graphQl = ask(
                CUSTOMER,
                "mutation { placeOrder(input: {lines: [{productId: \"product-1\", quantity: 1}]}) { order { id } } }");

        assertSame(
                sendJsonAs(CUSTOMER, "POST", "/api/v1/orders", "{\"lines\":[" + LINE + "]}")
                        .hasStatus(409),
                graphQl);
        assertThat(graphQl.at("/errors/0/extensions/rejection/lines/0/available"))
                .isEqualTo("3");
    }

    @Test
    void a_fault_is_answered_without_details() {
        sides.on(CatalogQueriesGrpc.getGetProductMethod(), q -> {
            throw new IllegalStateException("a secret of dev.kontor");
        });

        Answer answer = ask(null, "{ product(id: \"product-1\") { id } }").hasStatus(200);

        assertThat(code(answer)).isEqualTo(Problem.INTERNAL.urn());
        assertThat(answer.body()).doesNotContain("secret", "dev.kontor", "Exception");
    }
}
