package dev.kontor.gateway.platform;

import static dev.kontor.gateway.ExpectedProblem.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kontor.gateway.GatewayTest;
import dev.kontor.gateway.RawClient;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RateLimiter;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.cart.Cart;
import dev.kontor.proto.cart.CartQueriesGrpc;
import dev.kontor.proto.cart.GetCartResponse;
import dev.kontor.proto.cart.WatchCartRequest;
import dev.kontor.proto.cart.WatchCartResponse;
import dev.kontor.proto.order.GetOrderResponse;
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
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** Server-sent events, by real connections. */
@TestPropertySource(properties = {"kontor.live.heartbeat=5s", "kontor.live.streams-per-address=1010"})
class EventStreamsTest extends GatewayTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String EVENTS = "/api/v1/orders/order-1/events";

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
        opened.forEach(answers -> ignoringCancelled(answers::onCompleted));
        await().atMost(LONG).until(() -> open() == 0);
    }

    private static void ignoringCancelled(Runnable end) {
        try {
            end.run();
        } catch (RuntimeException alreadyEnded) {
            // Its client has left.
        }
    }

    private int open() {
        return (int) meters.get("kontor.live.streams").gauge().value();
    }

    private RawClient ask(String method, String path, String... headers) throws IOException {
        RawClient client = new RawClient(port);
        clients.add(client);
        return client.send(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + CUSTOMER
                + "\r\n" + String.join("", headers) + "\r\n");
    }

    private RawClient watch(String... headers) throws IOException {
        return ask("GET", EVENTS, headers);
    }

    private ServerCallStreamObserver<WatchOrderResponse> next() throws InterruptedException {
        ServerCallStreamObserver<WatchOrderResponse> answers = opened.poll(LONG.toSeconds(), TimeUnit.SECONDS);
        assertThat(answers).as("the side gets the call").isNotNull();
        return answers;
    }

    private static WatchOrderResponse order(OrderStatus status, long version) {
        return WatchOrderResponse.newBuilder()
                .setOrder(Order.newBuilder()
                        .setId("order-1")
                        .setCustomerId("customer-1")
                        .setStatus(status)
                        .setVersion(version))
                .build();
    }

    @Test
    void an_order_is_sent_as_a_read_answers_it_at_each_change_until_its_end() throws Exception {
        sides.on(
                OrderQueriesGrpc.getGetOrderMethod(),
                request -> GetOrderResponse.newBuilder()
                        .setOrder(order(OrderStatus.PLACED, 0).getOrder())
                        .build());
        String read = sendAs(CUSTOMER, "GET", "/api/v1/orders/order-1").body();
        RawClient client = watch("Accept: text/event-stream\r\n");
        var side = next();
        side.onNext(order(OrderStatus.PLACED, 0));

        String head = client.until("\r\n\r\n");
        assertThat(head).startsWith("HTTP/1.1 200").contains("Content-Type: text/event-stream", "X-Request-Id: ");
        assertThat(head).contains("X-Content-Type-Options: nosniff", "Cache-Control: no-cache, no-store");
        assertThat(client.until("data: "))
                .containsPattern("retry: [12]\\d{3}\n\n")
                .contains("id: 0\nevent: order\n");
        assertThat(client.until("\n\n")).startsWith(read + "\n\n");

        side.onNext(order(OrderStatus.CONFIRMED, 1));
        assertThat(client.until("data: ")).contains("id: 1\nevent: order\n");
        assertThat(client.until("\n\n")).contains("\"status\":\"CONFIRMED\"");

        side.onNext(order(OrderStatus.DELIVERED, 3));
        side.onCompleted();
        assertThat(client.until("\r\n0\r\n\r\n"))
                .contains("id: 3\n", "\"DELIVERED\"")
                .endsWith("0\r\n\r\n");
    }

    @Test
    void the_last_event_id_is_the_version_that_the_client_knows() throws Exception {
        RawClient client = watch("Last-Event-ID: 7\r\n");
        var side = next();
        WatchOrderRequest watched = (WatchOrderRequest)
                sides.received(OrderQueriesGrpc.getWatchOrderMethod()).request();
        assertThat(watched.getKnownVersion()).isEqualTo(7);
        assertThat(watched.getOrderId()).isEqualTo("order-1");

        side.onNext(WatchOrderResponse.getDefaultInstance());
        client.until("retry: ");
        side.onNext(order(OrderStatus.SHIPPED, 8));

        assertThat(client.until("data: ")).doesNotContain("id: 7").contains("id: 8\n");
    }

    @Test
    void a_client_that_knows_the_end_is_told_not_to_come_back() throws Exception {
        RawClient client = watch("Last-Event-ID: 7\r\n");

        next().onCompleted();

        assertThat(client.until("\r\n\r\n")).startsWith("HTTP/1.1 204");
    }

    @Test
    void a_refusal_is_a_problem_document() throws Exception {
        sides.onStream(OrderQueriesGrpc.getWatchOrderMethod(), (request, answers) -> {
            throw new RefusedException(Problem.ORDER_NOT_FOUND, "No such order");
        });
        sendAs(CUSTOMER, "GET", EVENTS).satisfies(problem(Problem.ORDER_NOT_FOUND));

        sides.onStream(OrderQueriesGrpc.getWatchOrderMethod(), (request, answers) -> {
            throw new RefusedException(
                    Problem.TOO_MANY_REQUESTS, "Too many", Map.of(RateLimiter.RETRY_AFTER, "10"), List.of());
        });
        Answer tooMany = sendAs(CUSTOMER, "GET", EVENTS, "Accept", "text/event-stream")
                .satisfies(problem(Problem.TOO_MANY_REQUESTS));
        assertThat(tooMany.header("Retry-After")).isEqualTo("10");

        send("GET", EVENTS).satisfies(problem(Problem.UNAUTHENTICATED));
        sendAs(CUSTOMER, "GET", EVENTS, "Accept", "application/json").satisfies(problem(Problem.NOT_ACCEPTABLE));
        for (String id : new String[] {"x", "-2", "1.0", "9999999999999999999", "\u00e9"}) {
            sendAs(CUSTOMER, "GET", EVENTS, "Last-Event-ID", id).satisfies(problem(Problem.INVALID_REQUEST));
        }
    }

    @Test
    void an_idle_stream_has_a_heartbeat_and_ends_when_the_side_ends_it() throws Exception {
        RawClient client = watch();
        var side = next();
        side.onNext(order(OrderStatus.PLACED, 0));
        client.until("data: ");

        assertThat(client.until("\n:\n\n")).endsWith(":\n\n");

        side.onError(Status.UNAVAILABLE.asRuntimeException());
        assertThat(client.until("\r\n0\r\n\r\n")).endsWith("0\r\n\r\n");
        assertThat(open()).isZero();
    }

    @Test
    void a_client_that_leaves_ends_the_call_to_the_side() throws Exception {
        RawClient client = watch();
        var side = next();
        side.onNext(order(OrderStatus.PLACED, 0));
        client.until("data: ");

        client.close();

        await().atMost(LONG).until(side::isCancelled);
        await().atMost(LONG).until(() -> open() == 0);
    }

    @Test
    void a_client_that_only_asks_for_the_head_gets_it_and_no_stream() throws Exception {
        RawClient client = ask("HEAD", EVENTS);
        next().onNext(order(OrderStatus.PLACED, 0));

        assertThat(client.until("\r\n\r\n")).startsWith("HTTP/1.1 200").contains("text/event-stream");
        await().atMost(LONG).until(() -> open() == 0);
    }

    @Test
    void a_cart_is_watched_by_its_owner_and_by_admins() throws Exception {
        Cart cart = Cart.newBuilder().setCustomerId("customer-1").setVersion(-1).build();
        List<String> named = new ArrayList<>();
        sides.onStream(CartQueriesGrpc.getWatchCartMethod(), (request, answers) -> {
            named.add(request.getCustomerId());
            answers.onNext(WatchCartResponse.newBuilder().setCart(cart).build());
            answers.onCompleted();
        });
        sides.on(
                CartQueriesGrpc.getGetCartMethod(),
                request -> GetCartResponse.newBuilder().setCart(cart).build());

        String own =
                sendAs(CUSTOMER, "GET", "/api/v1/cart/events").hasStatus(200).body();
        sendAs(ADMIN, "GET", "/api/v1/customers/customer-1/cart/events").hasStatus(200);
        sendAs(CUSTOMER, "GET", "/api/v1/customers/customer-1/cart/events").satisfies(problem(Problem.FORBIDDEN));
        sendAs(CUSTOMER, "GET", "/api/v1/cart/events", "Last-Event-ID", "-1").hasStatus(200);

        assertThat(named).containsExactly("", "customer-1", "");
        assertThat(own)
                .endsWith("id: -1\nevent: cart\ndata: "
                        + sendAs(CUSTOMER, "GET", "/api/v1/cart").body() + "\n\n");
        WatchCartRequest last = (WatchCartRequest)
                sides.received(CartQueriesGrpc.getWatchCartMethod()).request();
        assertThat(last.getKnownVersion()).isEqualTo(-1);
    }

    /** The buffers of the operating system take some megabytes; the gateway itself one document and a rest. */
    @Test
    void a_client_that_stops_reading_holds_a_bounded_number_of_bytes_and_is_cut_off() throws Exception {
        AtomicInteger sent = new AtomicInteger();
        sides.onStream(OrderQueriesGrpc.getWatchOrderMethod(), (request, answers) -> {
            opened.add(answers);
            answers.setOnReadyHandler(() -> {
                while (answers.isReady()) {
                    answers.onNext(LargeOrder.inVersion(sent.getAndIncrement()));
                }
            });
        });
        try (Socket client = new Socket()) {
            client.setReceiveBufferSize(1_024);
            client.connect(new InetSocketAddress("127.0.0.1", port));
            client.getOutputStream()
                    .write(("GET " + EVENTS + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + CUSTOMER
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            var side = next();

            await().atMost(LONG).until(side::isCancelled);

            long bytes = (long) sent.get() * LargeOrder.inVersion(0).getSerializedSize();
            assertThat(bytes).as("%d documents were taken", sent.get()).isLessThan(20 << 20);
            await().atMost(LONG).until(() -> open() == 0);
        }
    }

    @Test
    void a_thousand_idle_streams_have_no_threads_and_further_ones_of_their_address_are_refused() throws Exception {
        sides.onStream(OrderQueriesGrpc.getWatchOrderMethod(), (request, answers) -> {
            opened.add(answers);
            answers.onNext(order(OrderStatus.PLACED, 0));
        });
        watch().until("data: ");
        int threads = Thread.getAllStackTraces().size();
        for (int i = 1; i < 1_010; i++) {
            watch().until("data: ");
        }
        assertThat(open()).isEqualTo(1_010);

        assertThat(Thread.getAllStackTraces().size() - threads)
                .as("threads of the pools of gRPC, Tomcat and the JVM")
                .isLessThan(50);
        Answer refused = sendAs(CUSTOMER, "GET", EVENTS).satisfies(problem(Problem.TOO_MANY_REQUESTS));
        assertThat(refused.header("Retry-After")).isEqualTo("10");
        // Open streams are no requests in flight.
        send("GET", "/v3/api-docs").hasStatus(200);
        next().onNext(order(OrderStatus.CONFIRMED, 1));
        assertThat(clients.getFirst().until("CONFIRMED")).contains("id: 1\n");
    }
}
