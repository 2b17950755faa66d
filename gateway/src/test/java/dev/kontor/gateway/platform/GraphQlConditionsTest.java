package dev.kontor.gateway.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.protobuf.Message;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.Precondition;
import dev.kontor.proto.cart.CartCommandsGrpc;
import dev.kontor.proto.catalog.CatalogCommandsGrpc;
import dev.kontor.proto.order.OrderCommandsGrpc;
import dev.kontor.testsupport.Answer;
import io.grpc.MethodDescriptor;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code etag} and {@code ifMatch} are the headers {@code ETag} and {@code If-Match} of REST. */
class GraphQlConditionsTest extends ScriptedShop {

    private static final String HASH = ":AAAAAAAAAAAAAAAA";

    @Test
    void what_is_read_and_what_is_changed_shows_the_tag_of_rest() {
        Answer answer = data(
                CUSTOMER,
                "{ product(id: \"p\") { etag } order(id: \"o\") { etag } cart { etag } me { etag }"
                        + " products { edges { node { etag } } } }");
        Answer changed = data(CUSTOMER, "mutation { addStock(productId: \"p\", quantity: 1) { product { etag } } }");

        String product = send("GET", "/api/v1/catalog/products/product-1").header("ETag");
        assertThat(answer.at("/data/product/etag")).isEqualTo(product);
        assertThat(answer.at("/data/products/edges/0/node/etag")).isEqualTo(product);
        assertThat(changed.at("/data/addStock/product/etag")).isEqualTo(product);
        assertThat(answer.at("/data/order/etag"))
                .isEqualTo(sendAs(CUSTOMER, "GET", "/api/v1/orders/order-1").header("ETag"));
        assertThat(answer.at("/data/cart/etag"))
                .isEqualTo(sendAs(CUSTOMER, "GET", "/api/v1/cart").header("ETag"));
        assertThat(answer.at("/data/me/etag"))
                .isEqualTo(sendAs(CUSTOMER, "GET", "/api/v1/customers/me").header("ETag"));
    }

    /** Each mutation that changes a resource: how it is called, its command, its REST call, and a tag. */
    static Stream<Arguments> changes() {
        String whole = "4" + HASH;
        String parts = "4.2" + HASH;
        return Stream.of(
                arguments(
                        "putCartItem(productId: \"p\", quantity: 1, %s) { cart { version } }",
                        CartCommandsGrpc.getPutCartItemMethod(),
                        "PUT /api/v1/cart/items/p {\"quantity\":1}",
                        whole,
                        4L),
                arguments(
                        "removeCartItem(productId: \"p\", %s) { cart { version } }",
                        CartCommandsGrpc.getRemoveCartItemMethod(), "DELETE /api/v1/cart/items/p ", whole, 4L),
                arguments(
                        "clearCart(%s) { cart { version } }",
                        CartCommandsGrpc.getClearCartMethod(), "DELETE /api/v1/cart ", whole, 4L),
                arguments(
                        "checkOutCart(%s) { order { id } }",
                        CartCommandsGrpc.getCheckOutCartMethod(), "POST /api/v1/cart/checkout ", whole, 4L),
                arguments(
                        "cancelOrder(id: \"o\", %s) { order { id } }",
                        OrderCommandsGrpc.getCancelOrderMethod(), "POST /api/v1/orders/o/cancel ", whole, 4L),
                arguments(
                        "shipOrder(id: \"o\", %s) { order { id } }",
                        OrderCommandsGrpc.getShipOrderMethod(), "POST /api/v1/orders/o/ship ", whole, 4L),
                arguments(
                        "deliverOrder(id: \"o\", %s) { order { id } }",
                        OrderCommandsGrpc.getDeliverOrderMethod(), "POST /api/v1/orders/o/deliver ", whole, 4L),
                arguments(
                        "changeProduct(id: \"p\", input: {title: \"Tea\"}, %s) { product { id } }",
                        CatalogCommandsGrpc.getChangeProductMethod(),
                        "PATCH /api/v1/catalog/products/p {\"title\":\"Tea\"}",
                        parts,
                        4L),
                arguments(
                        "addStock(productId: \"p\", quantity: 1, %s) { product { id } }",
                        CatalogCommandsGrpc.getChangeStockMethod(),
                        "POST /api/v1/catalog/products/p/stock {\"change\":1}",
                        parts,
                        2L),
                arguments(
                        "removeStock(productId: \"p\", quantity: 1, %s) { product { id } }",
                        CatalogCommandsGrpc.getChangeStockMethod(),
                        "POST /api/v1/catalog/products/p/stock {\"change\":-1}",
                        parts,
                        2L));
    }

    private static String mutation(String change, String tags) {
        return "mutation { " + change.formatted("ifMatch: \"" + tags.replace("\"", "\\\"") + "\"") + " }";
    }

    private List<Long> versionsSent(MethodDescriptor<?, ?> command) {
        Message sent = (Message) sides.received(command).request();
        var field = sent.getDescriptorForType().findFieldByName("precondition");
        return sent.hasField(field) ? ((Precondition) sent.getField(field)).getVersionsList() : null;
    }

    @ParameterizedTest
    @MethodSource("changes")
    void the_version_of_the_part_that_is_changed_is_required(
            String change, MethodDescriptor<?, ?> command, String rest, String tag, long version) {
        data(ADMIN, mutation(change, "\"" + tag + "\", \"x\""));
        assertThat(versionsSent(command)).containsExactly(version);

        data(ADMIN, mutation(change, "*"));
        assertThat(versionsSent(command)).isNull();
    }

    @ParameterizedTest
    @MethodSource("changes")
    <Q, A> void a_stale_tag_has_the_problem_of_rest_with_the_present_tag(
            String change, MethodDescriptor<Q, A> command, String rest, String tag, long version) {
        sides.on(command, q -> {
            throw new RefusedException(
                    Problem.PRECONDITION_FAILED, "This has changed", Map.of("version", "0"), List.of());
        });
        String[] call = rest.split(" ", 3);

        Answer graphQl = ask(ADMIN, mutation(change, "\"" + tag + "\"")).hasStatus(200);
        Answer overRest = call[2].isEmpty()
                ? sendAs(ADMIN, call[0], call[1], "If-Match", "\"" + tag + "\"")
                : sendJsonAs(ADMIN, call[0], call[1], call[2], "If-Match", "\"" + tag + "\"");

        assertThat(overRest.hasStatus(412).header("ETag")).isNotEmpty();
        assertThat(code(graphQl)).isEqualTo(overRest.at("/type"));
        assertThat(graphQl.at("/errors/0/extensions/etag")).isEqualTo(overRest.header("ETag"));
        for (String member : List.of("/title", "/status", "/detail", "/version")) {
            assertThat(graphQl.at("/errors/0/extensions" + member)).isEqualTo(overRest.at(member));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "4", "W/\"a\"", "\"a\" \"b\""})
    void a_malformed_or_weak_tag_is_refused_by_its_name(String tags) {
        Answer answer = ask(CUSTOMER, mutation("clearCart(%s) { cart { version } }", tags));

        assertThat(code(answer)).isEqualTo(Problem.INVALID_REQUEST.urn());
        assertThat(answer.at("/errors/0/extensions/errors/0/field")).isEqualTo("ifMatch");
        assertThat(sides.calls()).isZero();
    }
}
