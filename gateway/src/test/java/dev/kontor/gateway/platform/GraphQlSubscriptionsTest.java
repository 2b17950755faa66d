package dev.kontor.gateway.platform;

import static dev.kontor.gateway.ExpectedProblem.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kontor.gateway.RawClient;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RateLimiter;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.catalog.CatalogQueriesGrpc;
import dev.kontor.proto.order.Order;
import dev.kontor.proto.order.OrderQueriesGrpc;
import dev.kontor.proto.order.OrderStatus;
import dev.kontor.proto.order.WatchOrderRequest;
import dev.kontor.proto.order.WatchOrderResponse;
import dev.kontor.testsupport.Answer;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** GraphQL over server-sent events, in its mode of distinct connections. */
@TestPropertySource(properties = {"kontor.live.heartbeat=5s", "kontor.live.streams-per-address=110"})
class GraphQlSubscriptionsTest extends ScriptedShop {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String EVENTS = "text/event-stream";
    private static final String STATUS = "subscription { order(id: \"order-1\") { id status version } }";
    private static final String COMPLETE = "event: complete\ndata:\n\n";

    private final List<RawClient> clients = new ArrayList<>();
    private final BlockingQueue<ServerCallStreamObserver<WatchOrderResponse>> opened = new LinkedBlockingQueue<>();
    private final MeterRegistry meters = new SimpleMeterRegistry();

    @Autowired
    private EventStreams streams;

    @BeforeEach
    void watchable() {
        streams.bindTo(meters);
        sides.onStream(OrderQueriesGrpc.getWatchOrderMethod(), (request, answers) -> opened.add(answers));
    }

    @AfterEach
    void close() {
        clients.forEach(RawClient::close);
        await().atMost(LONG).until(() -> open() == 0);
    }

    private int open() {
        return (int) meters.get("kontor.live.streams").gauge().value();
    }

    private RawClient subscribe(String query) throws IOException {
        RawClient client = new RawClient(port);
        clients.add(client);
        String body = "{\"query\":\"" + query.replace("\"", "\\\"") + "\"}";
        return client.send("POST /graphql HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + CUSTOMER
                + "\r\nAccept: text/event-stream\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body);
    }

    private ServerCallStreamObserver<WatchOrderResponse> next() throws InterruptedException {
        ServerCallStreamObserver<WatchOrderResponse> answers = opened.poll(LONG.toSeconds(), TimeUnit.SECONDS);
        assertThat(answers).as("the side gets the call").isNotNull();
        return answers;
    }

    private static WatchOrderResponse order(OrderStatus status, long version, String... products) {
        return WatchOrderResponse.newBuilder()
                .setOrder(order("order-1", CUSTOMER_ID, products).toBuilder()
                        .setStatus(status)
                        .setVersion(version))
                .build();
    }

    /** Each message of the side, then its end. */
    private void theSideSends(WatchOrderResponse... messages) {
        sides.onStream(OrderQueriesGrpc.getWatchOrderMethod(), (request, answers) -> {
            for (WatchOrderResponse message : messages) {
                answers.onNext(message);
            }
            answers.onCompleted();
        });
    }

    @Test
    void an_order_is_a_result_at_each_change_until_its_end() throws Exception {
        RawClient client = subscribe(STATUS);
        var side = next();
        side.onNext(order(OrderStatus.PLACED, 0));

        String head = client.until("\r\n\r\n");
        assertThat(head).startsWith("HTTP/1.1 200").contains("Content-Type: text/event-stream", "X-Request-Id: ");
        assertThat(client.until("\n\n")).contains("retry: ");
        assertThat(client.until("\n\n"))
                .contains(
                        "event: next\ndata: {\"data\":{\"order\":{\"id\":\"order-1\",\"status\":\"PLACED\",\"version\":0}}}\n\n");

        side.onNext(order(OrderStatus.CONFIRMED, 1));
        assertThat(client.until("\n\n")).contains("event: next\n", "\"status\":\"CONFIRMED\",\"version\":1");

        side.onNext(order(OrderStatus.DELIVERED, 3));
        side.onCompleted();
        assertThat(client.until("\r\n0\r\n\r\n"))
                .contains("\"DELIVERED\"")
                .contains(COMPLETE)
                .endsWith("0\r\n\r\n");
        WatchOrderRequest watched = (WatchOrderRequest)
                sides.received(OrderQueriesGrpc.getWatchOrderMethod()).request();
        assertThat(watched)
                .isEqualTo(WatchOrderRequest.newBuilder().setOrderId("order-1").build());
    }

    @Test
    void an_event_joins_products_and_the_customer_in_one_call_each() {
        theSideSends(
                order(OrderStatus.CONFIRMED, 1, "a", "b", "c"),
                order(OrderStatus.DELIVERED, 3, Collections.nCopies(100, "d").toArray(String[]::new)));

        Answer answer = ask(
                        CUSTOMER,
                        "subscription($id: ID!) { order(id: $id) { customer { name } lines { product { title } } } }",
                        Map.of("id", "order-1"),
                        "Accept",
                        EVENTS)
                .hasStatus(200);

        assertThat(answer.body())
                .contains(
                        "{\"data\":{\"order\":{\"customer\":{\"name\":\"Ada\"},\"lines\":[{\"product\":{\"title\":\"Tea\"}}")
                .doesNotContain("errors")
                .endsWith(COMPLETE);
        assertThat(sides.count(CatalogQueriesGrpc.getGetProductsMethod())).isEqualTo(2);
        assertThat(sides.calls()).isEqualTo(1 + 2 * 2);
        assertThat(sides.received(CatalogQueriesGrpc.getGetProductsMethod()).secondsToDeadline())
                .isLessThan(60);
    }

    /** Then the client subscribes again, with another token or at another gateway. */
    @Test
    void a_stream_that_ends_before_the_order_is_not_complete() throws Exception {
        RawClient client = subscribe(STATUS);
        var side = next();
        side.onNext(order(OrderStatus.PLACED, 0));
        client.until("event: next");

        side.onError(Status.UNAUTHENTICATED.asRuntimeException());

        assertThat(client.until("\r\n0\r\n\r\n")).doesNotContain("complete");
    }

    @Test
    void an_idle_subscription_has_a_heartbeat() throws Exception {
        RawClient client = subscribe(STATUS);
        next().onNext(order(OrderStatus.PLACED, 0));
        client.until("event: next");

        assertThat(client.until("\n:\n\n")).endsWith(":\n\n");
    }

    @Test
    void a_refused_order_is_a_result_with_the_problem_of_rest() {
        sides.onStream(OrderQueriesGrpc.getWatchOrderMethod(), (request, answers) -> {
            throw new RefusedException(Problem.ORDER_NOT_FOUND, "No such order");
        });

        assertRefused(ask(CUSTOMER, STATUS, Map.of(), "Accept", EVENTS), Problem.ORDER_NOT_FOUND)
                .contains("\"path\":[\"order\"]", "\"locations\":[{", "\"line\":1");
        assertRefused(ask(null, STATUS, Map.of(), "Accept", EVENTS), Problem.UNAUTHENTICATED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "subscription {",
                "subscription { order { id } }",
                "subscription { order(id: \"a\") { nothing } }",
                "subscription { order(id: 1.5) { id } }",
                "subscription { order(id: \"a\") { id } b: order(id: \"b\") { id } }",
                "subscription { ...a ...a } fragment a on Subscription { a: order(id: \"a\") { id } b: order(id: \"b\") { id } }",
                "subscription($id: ID!) { order(id: $id) { id } }"
            })
    void a_document_that_is_not_executed_is_a_result_too(String query) {
        Answer answer = ask(CUSTOMER, query, Map.of(), "Accept", EVENTS).hasStatus(200);

        assertThat(answer.body()).startsWith("event: next\ndata: {\"errors\":[").endsWith(COMPLETE);
        assertThat(answer.body()).doesNotContain("\"data\":").containsPattern("malformed-request|invalid-request");
        assertThat(sides.calls()).isZero();
    }

    private static org.assertj.core.api.AbstractStringAssert<?> assertRefused(Answer answer, Problem problem) {
        answer.hasStatus(200);
        assertThat(answer.header("Content-Type")).isEqualTo(EVENTS);
        return assertThat(answer.body())
                .startsWith("event: next\ndata: {\"errors\":[")
                .contains("\"code\":\"" + problem.urn() + "\"")
                .endsWith("\n\n" + COMPLETE);
    }

    @Test
    void too_many_streams_are_refused_by_the_status() {
        sides.onStream(OrderQueriesGrpc.getWatchOrderMethod(), (request, answers) -> {
            throw new RefusedException(
                    Problem.TOO_MANY_REQUESTS, "Too many", Map.of(RateLimiter.RETRY_AFTER, "10"), List.of());
        });

        Answer tooMany =
                ask(CUSTOMER, STATUS, Map.of(), "Accept", EVENTS).satisfies(problem(Problem.TOO_MANY_REQUESTS));

        assertThat(tooMany.header("Retry-After")).isEqualTo("10");
    }

    /** A customer that subscribes by GraphQL has no more streams than over REST. */
    @Test
    void subscriptions_have_no_threads_and_count_against_the_bound_of_their_address() throws Exception {
        sides.onStream(
                OrderQueriesGrpc.getWatchOrderMethod(),
                (request, answers) -> answers.onNext(order(OrderStatus.PLACED, 0, "a")));
        subscribe(STATUS).until("PLACED");
        int threads = Thread.getAllStackTraces().size();
        for (int i = 1; i < 110; i++) {
            subscribe(STATUS).until("PLACED");
        }

        assertThat(open()).isEqualTo(110);
        assertThat(Thread.getAllStackTraces().size() - threads)
                .as("threads of the pools of gRPC, Tomcat and the JVM")
                .isLessThan(50);
        ask(CUSTOMER, STATUS, Map.of(), "Accept", EVENTS).satisfies(problem(Problem.TOO_MANY_REQUESTS));
        sendAs(CUSTOMER, "GET", "/api/v1/orders/order-1/events").satisfies(problem(Problem.TOO_MANY_REQUESTS));
    }

    @Test
    void an_event_that_is_too_large_is_an_error_in_its_place() {
        Order small = order("order-1", CUSTOMER_ID, "a");
        Order large = small.toBuilder()
                .addAllLines(Collections.nCopies(
                        99,
                        small.getLines(0).toBuilder().setTitle("x".repeat(200)).build()))
                .build();
        theSideSends(
                WatchOrderResponse.newBuilder().setOrder(large).build(),
                WatchOrderResponse.newBuilder().setOrder(small).build());
        String aliases = "a: title b: title c: title d: title e: title f: title g: title h: title";

        Answer answer = ask(
                        CUSTOMER,
                        "subscription { order(id: \"order-1\") { lines { " + aliases + " } } }",
                        Map.of(),
                        "Accept",
                        EVENTS)
                .hasStatus(200);

        assertThat(answer.body())
                .contains("has an event of more than 131,072 bytes")
                .contains("{\"data\":{\"order\":{\"lines\":[{\"a\":\"Tea\"")
                .hasSizeLessThan(2_000)
                .endsWith(COMPLETE);
    }

    @Test
    void the_largest_order_is_an_event() {
        theSideSends(LargeOrder.inVersion(1));

        Answer answer = ask(
                        CUSTOMER,
                        "subscription { order(id: \"order-1\") { id customerId status placedAt version"
                                + " total { amount currency } rejection { code lines { productId code available } } lines"
                                + " { productId title quantity unitPrice { amount currency } lineTotal { amount currency } } } }",
                        Map.of(),
                        "Accept",
                        EVENTS)
                .hasStatus(200);

        assertThat(answer.body()).doesNotContain("errors").contains("\u6F22").endsWith(COMPLETE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"application/json", "application/graphql-response+json", "text/event-stream;q=0, */*;q=0"})
    void a_client_that_takes_no_events_is_refused(String accepted) {
        ask(CUSTOMER, STATUS, Map.of(), "Accept", accepted).satisfies(problem(Problem.NOT_ACCEPTABLE));

        assertThat(sides.calls()).isZero();
    }

    /** Libraries send all types that they know with every operation. */
    @Test
    void a_client_that_takes_several_types_gets_events_for_a_subscription_alone() {
        String all = "application/graphql-response+json, application/json, text/event-stream";
        theSideSends(order(OrderStatus.DELIVERED, 3));

        assertThat(ask(CUSTOMER, STATUS, Map.of(), "Accept", all).body()).endsWith(COMPLETE);
        assertThat(ask(CUSTOMER, "{ me { name } }", Map.of(), "Accept", all).header("Content-Type"))
                .isEqualTo(RESPONSE);
    }

    @Test
    void a_query_is_one_result_for_a_client_that_takes_only_events() {
        Answer answer =
                ask(CUSTOMER, "{ me { name } }", Map.of(), "Accept", EVENTS).hasStatus(200);

        assertThat(answer.header("Content-Type")).isEqualTo(EVENTS);
        assertThat(answer.body()).isEqualTo("event: next\ndata: {\"data\":{\"me\":{\"name\":\"Ada\"}}}\n\n" + COMPLETE);
    }

    private static String query(String... parameters) {
        StringBuilder path = new StringBuilder(PATH + "?");
        for (int i = 0; i < parameters.length; i += 2) {
            path.append(parameters[i])
                    .append('=')
                    .append(URLEncoder.encode(parameters[i + 1], StandardCharsets.UTF_8))
                    .append('&');
        }
        return path.toString();
    }

    @Test
    void a_subscription_may_be_a_get() {
        theSideSends(order(OrderStatus.DELIVERED, 3));
        String two = "subscription a($id: ID!) { order(id: $id) { status } } query b { me { id } }";

        Answer answer = sendAs(
                        CUSTOMER,
                        "GET",
                        query("query", two, "operationName", "a", "variables", "{\"id\":\"order-1\",\"other\":[1]}"),
                        "Accept",
                        EVENTS)
                .hasStatus(200);

        assertThat(answer.body())
                .contains("event: next\ndata: {\"data\":{\"order\":{\"status\":\"DELIVERED\"}}}\n\n")
                .endsWith(COMPLETE);
        sendAs(CUSTOMER, "GET", query("query", two, "operationName", "b"), "Accept", EVENTS)
                .satisfies(problem(Problem.METHOD_NOT_ALLOWED));
        sendAs(CUSTOMER, "GET", query("query", "mutation { clearCart { cart { version } } }"))
                .satisfies(problem(Problem.METHOD_NOT_ALLOWED));
        for (String variables : new String[] {"{", "[]", "5", "{\"id\":\"\\uD800\"}", ""}) {
            sendAs(CUSTOMER, "GET", query("query", two, "operationName", "a", "variables", variables))
                    .satisfies(problem(Problem.INVALID_REQUEST))
                    .namesField("variables");
        }
    }
}
