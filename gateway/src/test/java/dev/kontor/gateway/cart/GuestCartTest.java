package dev.kontor.gateway.cart;

import static dev.kontor.gateway.ExpectedProblem.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.gateway.GatewayTest;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.proto.Money;
import dev.kontor.proto.cart.CartCommandsGrpc;
import dev.kontor.proto.cart.CartItem;
import dev.kontor.proto.cart.CartQueriesGrpc;
import dev.kontor.proto.cart.GetCartResponse;
import dev.kontor.proto.cart.GuestCartLine;
import dev.kontor.proto.cart.LeftOutLine;
import dev.kontor.proto.cart.MergeCartRequest;
import dev.kontor.proto.cart.MergeCartResponse;
import dev.kontor.proto.cart.QuoteCartResponse;
import dev.kontor.testsupport.Answer;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuestCartTest extends GatewayTest {

    private static final String LINES = "{\"lines\":[{\"productId\":\"product-1\",\"quantity\":3}]}";
    private static final String MERGE = "/api/v1/cart/merge";
    private static final String QUOTE = "/api/v1/catalog/quote";

    private void merges(boolean repeated, boolean fresh) {
        sides.on(
                CartCommandsGrpc.getMergeCartMethod(),
                q -> MergeCartResponse.newBuilder()
                        .setCustomerId("customer-1")
                        .setVersion(4)
                        .addAdded(GuestCartLine.newBuilder()
                                .setProductId("product-1")
                                .setQuantity(2))
                        .addLeftOut(LeftOutLine.newBuilder()
                                .setProductId("product-1")
                                .setQuantity(1)
                                .setCode("quantity-limit"))
                        .setRepeated(repeated)
                        .build());
        sides.on(
                CartQueriesGrpc.getGetCartMethod(),
                q -> GetCartResponse.newBuilder().setFresh(fresh).build());
    }

    private Answer merge(String... headers) {
        return sendJsonAs(CUSTOMER, "POST", MERGE, LINES, headers);
    }

    @Test
    void a_guest_needs_no_token_for_prices() {
        Money price = Money.newBuilder().setAmount(100).setCurrency("EUR").build();
        sides.on(
                CartQueriesGrpc.getQuoteCartMethod(),
                q -> QuoteCartResponse.newBuilder()
                        .addItems(CartItem.newBuilder()
                                .setProductId("product-1")
                                .setTitle("Lamp")
                                .setUnitPrice(price)
                                .setQuantity(3)
                                .setLineTotal(price)
                                .setListed(true)
                                .setAvailable(7))
                        .setTotal(price)
                        .build());

        assertThat(sendJson("POST", QUOTE, LINES).hasStatus(200).body())
                .isEqualTo("{\"items\":[{\"productId\":\"product-1\",\"title\":\"Lamp\","
                        + "\"unitPrice\":{\"amount\":100,\"currency\":\"EUR\"},\"quantity\":3,"
                        + "\"lineTotal\":{\"amount\":100,\"currency\":\"EUR\"},\"listed\":true,\"available\":7}],"
                        + "\"total\":{\"amount\":100,\"currency\":\"EUR\"}}");
    }

    @Test
    void a_merge_says_what_it_added_and_what_it_left_out() {
        merges(false, true);

        Answer answer = merge("Idempotency-Key", "a-key").hasStatus(200).hasNoHeader("Idempotent-Replayed");

        assertThat(answer.body())
                .isEqualTo("{\"added\":[{\"productId\":\"product-1\",\"quantity\":2}],"
                        + "\"leftOut\":[{\"productId\":\"product-1\",\"quantity\":1,\"code\":\"quantity-limit\"}],"
                        + "\"version\":4}");
        MergeCartRequest sent = (MergeCartRequest)
                sides.received(CartCommandsGrpc.getMergeCartMethod()).request();
        assertThat(sent.getIdempotencyKey()).isEqualTo("a-key");
    }

    @Test
    void a_repeat_is_answered_in_the_same_way_and_says_so() {
        merges(false, true);
        String first = merge("Idempotency-Key", "a-key").body();
        merges(true, true);

        Answer repeat = merge("Idempotency-Key", "a-key").hasStatus(200);

        assertThat(repeat.body()).isEqualTo(first);
        assertThat(repeat.header("Idempotent-Replayed")).isEqualTo("true");
    }

    @Test
    void a_merge_that_is_not_visible_yet_is_accepted() {
        merges(false, false);

        Answer accepted = merge("Idempotency-Key", "a-key").hasStatus(202);

        assertThat(accepted.header("Location")).isEqualTo("/api/v1/cart");
        assertThat(accepted.body()).isEqualTo("{\"id\":\"customer-1\",\"version\":4}");
    }

    @Test
    void a_merge_needs_a_key_and_a_token() {
        merge().satisfies(problem(Problem.INVALID_REQUEST)).namesField("Idempotency-Key");
        merge("Idempotency-Key", " ")
                .satisfies(problem(Problem.INVALID_REQUEST))
                .namesField("Idempotency-Key");
        sendJson("POST", MERGE, LINES, "Idempotency-Key", "a-key").satisfies(problem(Problem.UNAUTHENTICATED));
        assertThat(sides.received(CartCommandsGrpc.getMergeCartMethod())).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {QUOTE, MERGE})
    void lines_are_checked_before_a_side_is_asked(String path) {
        refused(path, "{}").namesField("lines");
        refused(path, "{\"lines\":[null]}").namesField("lines[0]");
        refused(path, "{\"lines\":[{\"productId\":\"product-1\"}]}").namesField("lines[0].quantity");
        refused(path, "{\"lines\":[{\"quantity\":1}]}").namesField("lines[0].productId");
        String line = "{\"productId\":\"product-1\",\"quantity\":1}";
        refused(path, "{\"lines\":[" + String.join(",", Collections.nCopies(101, line)) + "]}")
                .namesField("lines");
    }

    private Answer refused(String path, String json) {
        // A quote changes nothing, and takes no key.
        String[] key = path.equals(MERGE) ? new String[] {"Idempotency-Key", "a-key"} : new String[] {};
        return sendJsonAs(CUSTOMER, "POST", path, json, key).satisfies(problem(Problem.INVALID_REQUEST));
    }
}
