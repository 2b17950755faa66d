package dev.kontor.gateway.platform;

import static dev.kontor.gateway.ExpectedProblem.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.gateway.GatewayTest;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.Written;
import dev.kontor.proto.catalog.CatalogQueriesGrpc;
import dev.kontor.proto.catalog.SearchProductsResponse;
import dev.kontor.proto.order.OrderCommandsGrpc;
import dev.kontor.testsupport.Answer;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemTest extends GatewayTest {

    private static final byte[] TWO_MEBIBYTES =
            ("{\"lines\":[]" + " ".repeat(2 << 20) + "}").getBytes(StandardCharsets.UTF_8);

    @ParameterizedTest
    @ValueSource(strings = {"{", "", "not json", "{\"lines\":[]} trailing", "{\"lines\":[],\"lines\":[]}"})
    void a_body_that_is_not_json_is_malformed(String body) {
        sendJsonAs(CUSTOMER, "POST", "/api/v1/orders", body).satisfies(problem(Problem.MALFORMED_REQUEST));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"lines\":[{\"productId\":\"p\",\"quantity\":\"5\"}]}|lines[0].quantity",
                "{\"lines\":[{\"productId\":\"p\",\"quantity\":1.5}]}|lines[0].quantity",
                "{\"lines\":[{\"productId\":\"p\",\"quantity\":true}]}|lines[0].quantity",
                "{\"lines\":[{\"productId\":\"p\",\"quantity\":1e400}]}|lines[0].quantity",
                "{\"lines\":[{\"productId\":\"p\",\"quantity\":100000000000000000000}]}|lines[0].quantity",
                "{\"lines\":[{\"productId\":\"p\",\"quantity\":null}]}|lines[0].quantity",
                "{\"lines\":[{\"productId\":\"p\",\"quantity\":\"\"}]}|lines[0].quantity",
                "{\"lines\":[{\"productId\":\"p\"}]}|lines[0].quantity",
                "{\"lines\":[{\"productId\":7,\"quantity\":1}]}|lines[0].productId",
                "{\"lines\":[{\"productId\":{},\"quantity\":1}]}|lines[0].productId",
                "{\"lines\":[null]}|lines[0]",
                "{\"lines\":[3]}|lines[0]",
                "{\"lines\":{}}|lines",
                "{\"lines\":\"\"}|lines",
                "{}|lines",
                "{\"lines\":[],\"expectedTotal\":{\"amount\":\"1\"}}|expectedTotal.amount",
                "{\"lines\":[],\"expectedTotal\":{\"amount\":1}}|expectedTotal.currency",
            })
    void a_value_of_the_wrong_type_is_named(String body, String field) {
        sendJsonAs(CUSTOMER, "POST", "/api/v1/orders", body)
                .satisfies(problem(Problem.INVALID_REQUEST))
                .namesField(field);
    }

    @Test
    void a_list_of_a_million_bytes_is_refused_in_a_few_words() {
        String members = "{},".repeat(349_000);

        Answer refused = sendJsonAs(CUSTOMER, "POST", "/api/v1/orders", "{\"lines\":[" + members + "{}]}")
                .satisfies(problem(Problem.INVALID_REQUEST));

        assertThat(refused.at("/errors/0/field")).startsWith("lines");
        assertThat(refused.body()).hasSizeLessThan(1_000);
    }

    @Test
    void the_bound_of_a_list_is_checked_before_its_members() {
        Answer refused = sendJsonAs(CUSTOMER, "POST", "/api/v1/orders", "{\"lines\":[" + "{},".repeat(100) + "{}]}")
                .satisfies(problem(Problem.INVALID_REQUEST))
                .namesField("lines");

        assertThat(refused.json().at("/errors")).hasSize(1);
    }

    @Test
    void at_most_twenty_violations_are_listed_and_the_others_counted() {
        Answer refused = sendJsonAs(CUSTOMER, "POST", "/api/v1/orders", "{\"lines\":[" + "{},".repeat(99) + "{}]}")
                .satisfies(problem(Problem.INVALID_REQUEST))
                .namesField("lines[0].productId");

        assertThat(refused.json().at("/errors")).hasSize(20);
        assertThat(refused.json().at("/moreErrors").asInt()).isEqualTo(180);
    }

    @Test
    void if_all_violations_are_listed_there_is_no_count() {
        Answer refused =
                sendJsonAs(CUSTOMER, "POST", "/api/v1/orders", "{}").satisfies(problem(Problem.INVALID_REQUEST));

        assertThat(refused.json().has("moreErrors")).isFalse();
    }

    static Stream<Arguments> what_no_request_needs() {
        String deep = "[".repeat(500) + "]".repeat(500);
        return Stream.of(
                Arguments.of("{\"lines\":[],\"expectedTotal\":{\"more\":" + deep + "}}", "expectedTotal"),
                Arguments.of("{\"lines\":" + deep + "}", "lines"),
                Arguments.of(
                        "{\"lines\":[{\"productId\":\"" + "x".repeat(500_000) + "\",\"quantity\":1}]}",
                        "lines[0].productId"),
                Arguments.of(
                        "{\"lines\":[{\"productId\":\"p\",\"quantity\":" + "9".repeat(100_000) + "}]}", "lines[0]"),
                Arguments.of("{\"lines\":[],\"more\":[" + "1,".repeat(100_000) + "1]}", ""));
    }

    @ParameterizedTest
    @MethodSource("what_no_request_needs")
    void a_body_longer_or_deeper_than_any_valid_one_is_refused(String body, String field) {
        Answer refused = sendJsonAs(CUSTOMER, "POST", "/api/v1/orders", body);

        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.body()).hasSizeLessThan(1_000);
        if (!field.isEmpty()) {
            assertThat(refused.at("/errors/0/field")).startsWith(field);
        }
    }

    @Test
    void many_long_texts_together_are_too_large() {
        String line = "{\"productId\":\"" + "x".repeat(9_000) + "\",\"quantity\":1}";

        sendJsonAs(CUSTOMER, "POST", "/api/v1/orders", "{\"lines\":[" + (line + ",").repeat(99) + line + "]}")
                .satisfies(problem(Problem.PAYLOAD_TOO_LARGE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "3", "\"text\"", "true"})
    void a_body_that_is_not_an_object_is_invalid(String body) {
        sendJsonAs(CUSTOMER, "POST", "/api/v1/orders", body).satisfies(problem(Problem.INVALID_REQUEST));
    }

    @Test
    void a_body_of_null_counts_as_missing() {
        sendJsonAs(CUSTOMER, "POST", "/api/v1/orders", "null").satisfies(problem(Problem.MALFORMED_REQUEST));
    }

    @ParameterizedTest
    @CsvSource({"pageSize=0,pageSize", "pageSize=101,pageSize", "pageSize=x,pageSize", "minPrice=1.5,minPrice"})
    void a_parameter_of_the_wrong_type_or_out_of_bounds_is_named(String query, String field) {
        send("GET", "/api/v1/catalog/products?" + query)
                .satisfies(problem(Problem.INVALID_REQUEST))
                .namesField(field);
    }

    @Test
    void a_query_that_cannot_be_decoded_is_malformed() throws IOException {
        assertThat(raw("GET /api/v1/catalog/products?search=%zz HTTP/1.1"))
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json", "malformed-request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/v1/catalog/<products> HTTP/1.1",
                "GET /api/v1/catalog%2fproducts HTTP/1.1",
                "GET /api/v1/catalog;a=b/products HTTP/1.1",
                "GET /api/v1//catalog/products HTTP/1.1",
                "GET /api/v1/catalog/products%00 HTTP/1.1",
                "GET /api/v1/catalog/%zz HTTP/1.1",
                "FETCH /api/v1/catalog/products HTTP/1.1",
            })
    void a_rejection_by_firewall_or_container_is_a_problem_too(String requestLine) throws IOException {
        assertThat(raw(requestLine))
                .startsWith("HTTP/1.1 400")
                .contains("Content-Type: application/problem+json", "X-Request-Id: ", "urn:kontor:problem:")
                .doesNotContain("<html");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/api/v1/auth/nothing", "/api/v1/catalog/nothing", "/error", "/favicon.ico"})
    void an_unknown_path_is_not_found(String path) {
        send("GET", path).satisfies(problem(Problem.NOT_FOUND));
    }

    @Test
    void an_unknown_path_of_the_api_is_not_found_with_a_token() {
        sendAs(CUSTOMER, "GET", "/api/v1/nothing").satisfies(problem(Problem.NOT_FOUND));
        send("GET", "/api/v1/nothing").satisfies(problem(Problem.UNAUTHENTICATED));
    }

    @Test
    void an_unknown_path_is_not_found_by_a_post() {
        sendJson("POST", "/nothing", "{}").satisfies(problem(Problem.NOT_FOUND));
    }

    @Test
    void the_answer_to_a_wrong_method_names_the_allowed_ones() {
        Answer answer = sendAs(CUSTOMER, "DELETE", "/api/v1/orders").satisfies(problem(Problem.METHOD_NOT_ALLOWED));

        assertThat(answer.header("Allow").split(", ?")).containsExactlyInAnyOrder("GET", "POST");
    }

    @Test
    void options_names_the_methods() {
        Answer answer = send("OPTIONS", "/api/v1/orders").hasStatus(200);

        assertThat(answer.header("Allow")).contains("GET", "POST");
    }

    @Test
    void head_is_get_without_a_body() {
        sides.on(CatalogQueriesGrpc.getSearchProductsMethod(), q -> SearchProductsResponse.getDefaultInstance());

        Answer answer = send("HEAD", "/api/v1/catalog/products").hasStatus(200);

        assertThat(answer.body()).isEmpty();
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    }

    @Test
    void a_body_of_another_type_is_not_supported() {
        sendAs(CUSTOMER, "POST", "/api/v1/orders", "Content-Type", "text/plain")
                .satisfies(problem(Problem.UNSUPPORTED_MEDIA_TYPE));
        sendAs(CUSTOMER, "POST", "/api/v1/orders", "Content-Type", "multipart/form-data")
                .satisfies(problem(Problem.UNSUPPORTED_MEDIA_TYPE));
        sendAs(CUSTOMER, "POST", "/api/v1/orders", "Content-Type", "no type at all")
                .satisfies(problem(Problem.UNSUPPORTED_MEDIA_TYPE));
    }

    @Test
    void a_representation_that_does_not_exist_is_not_acceptable() {
        sides.on(CatalogQueriesGrpc.getSearchProductsMethod(), q -> SearchProductsResponse.getDefaultInstance());

        send("GET", "/api/v1/catalog/products", "Accept", "image/png").satisfies(problem(Problem.NOT_ACCEPTABLE));
    }

    @Test
    void a_body_with_too_large_a_content_length_is_refused() {
        sendJsonAs(CUSTOMER, "POST", "/api/v1/orders", new String(TWO_MEBIBYTES, StandardCharsets.UTF_8))
                .satisfies(problem(Problem.PAYLOAD_TOO_LARGE));
    }

    @Test
    void a_chunked_body_that_is_too_large_is_refused() {
        sendStreamAs(CUSTOMER, "POST", "/api/v1/orders", () -> new ByteArrayInputStream(TWO_MEBIBYTES))
                .satisfies(problem(Problem.PAYLOAD_TOO_LARGE));
    }

    @Test
    void a_body_of_the_largest_size_is_read() {
        String start = "{\"lines\":[]";
        String largest = start + " ".repeat((1 << 20) - start.length() - 1) + "}";
        sides.on(
                OrderCommandsGrpc.getPlaceOrderMethod(),
                q -> Written.newBuilder().setId("order-1").build());

        sendJsonAs(CUSTOMER, "POST", "/api/v1/orders", largest, "Prefer", "respond-async")
                .hasStatus(202);
        sendJsonAs(CUSTOMER, "POST", "/api/v1/orders", largest + " ").satisfies(problem(Problem.PAYLOAD_TOO_LARGE));
    }

    @Test
    void a_refusal_of_a_side_keeps_its_code_fields_and_attributes() {
        sides.on(CatalogQueriesGrpc.getSearchProductsMethod(), q -> {
            throw new RefusedException(
                    Problem.INSUFFICIENT_STOCK,
                    "only 2 left",
                    Map.of("available", "2", "status", "not the one of the document"),
                    List.of(new RefusedException.Violation("quantity", "is too much")));
        });

        Answer answer = send("GET", "/api/v1/catalog/products").satisfies(problem(Problem.INSUFFICIENT_STOCK));

        assertThat(answer.at("/detail")).isEqualTo("only 2 left");
        assertThat(answer.json().at("/available").asInt()).isEqualTo(2);
        assertThat(answer.json().at("/errors").toString())
                .isEqualTo("[{\"field\":\"quantity\",\"message\":\"is too much\"}]");
    }

    @Test
    void an_unreachable_side_is_unavailable() {
        sides.on(CatalogQueriesGrpc.getSearchProductsMethod(), q -> {
            throw Status.UNAVAILABLE.withDescription("host 10.0.0.1").asRuntimeException();
        });

        Answer answer = send("GET", "/api/v1/catalog/products").satisfies(problem(Problem.UNAVAILABLE));

        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(answer.body()).doesNotContain("10.0.0.1");
    }

    /** Statuses of a transport or a proxy after a broken connection, and of a side that is older than the gateway. */
    @ParameterizedTest
    @CsvSource({
        "INTERNAL, UNAVAILABLE",
        "CANCELLED, UNAVAILABLE",
        "UNIMPLEMENTED, UNAVAILABLE",
        "DEADLINE_EXCEEDED, DEADLINE_EXCEEDED"
    })
    void a_failure_between_gateway_and_side_is_not_an_internal_error(Status.Code code, Problem problem) {
        sides.on(CatalogQueriesGrpc.getSearchProductsMethod(), q -> {
            throw code.toStatus()
                    .withDescription("RST_STREAM closed stream at 10.0.0.1")
                    .asRuntimeException();
        });

        Answer answer = send("GET", "/api/v1/catalog/products").satisfies(problem(problem));

        assertThat(answer.header("Retry-After")).isEqualTo(problem == Problem.UNAVAILABLE ? "1" : "");
        assertThat(answer.body()).doesNotContain("10.0.0.1");
    }

    @Test
    void an_internal_error_has_no_details() {
        sides.on(CatalogQueriesGrpc.getSearchProductsMethod(), q -> {
            throw new IllegalStateException("the secret reason");
        });

        Answer answer = send("GET", "/api/v1/catalog/products").satisfies(problem(Problem.INTERNAL));

        assertThat(answer.body()).doesNotContain("secret", "Exception", "errors");
    }

    @Test
    void a_request_id_is_forwarded_and_answered() {
        sides.on(CatalogQueriesGrpc.getSearchProductsMethod(), q -> SearchProductsResponse.getDefaultInstance());

        Answer answer = send("GET", "/api/v1/catalog/products", "X-Request-Id", "my-request.1");

        assertThat(answer.header("X-Request-Id")).isEqualTo("my-request.1");
        assertThat(sides.received(CatalogQueriesGrpc.getSearchProductsMethod()).requestId())
                .isEqualTo("my-request.1");
        assertThat(send("GET", "/nothing", "X-Request-Id", "my-request.2").at("/requestId"))
                .isEqualTo("my-request.2");
    }

    @Test
    void a_harmful_request_id_is_replaced() {
        Answer answer = send("GET", "/nothing", "X-Request-Id", "<script>").satisfies(problem(Problem.NOT_FOUND));

        assertThat(answer.header("X-Request-Id")).hasSize(36);
    }

    /** Sends any bytes, and reads until the connection is closed. */
    private String raw(String requestLine) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream()
                    .write((requestLine + "\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
