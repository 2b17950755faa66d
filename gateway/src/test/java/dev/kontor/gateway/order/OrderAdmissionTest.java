package dev.kontor.gateway.order;

import static dev.kontor.gateway.ExpectedProblem.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.gateway.GatewayTest;
import dev.kontor.gateway.RawClient;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.proto.Written;
import dev.kontor.proto.cart.CartCommandsGrpc;
import dev.kontor.proto.cart.CheckOutCartResponse;
import dev.kontor.proto.order.GetOrderResponse;
import dev.kontor.proto.order.Order;
import dev.kontor.proto.order.OrderCommandsGrpc;
import dev.kontor.proto.order.OrderQueriesGrpc;
import dev.kontor.proto.order.OrderStatus;
import dev.kontor.testsupport.Answer;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** One order at a time is accepted. */
@TestPropertySource(properties = {"kontor.admission.orders.least=1", "kontor.admission.orders.most=1"})
class OrderAdmissionTest extends GatewayTest {

    private static final String LAMP = "{\"lines\":[{\"productId\":\"product-1\",\"quantity\":1}]}";
    private static final Written WRITTEN =
            Written.newBuilder().setId("order-1").setVersion(1).build();

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch placing = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @Autowired
    private MeterRegistry metrics;

    @BeforeEach
    void the_first_order_waits() {
        sides.on(OrderCommandsGrpc.getPlaceOrderMethod(), request -> {
            placing.countDown();
            awaitOrFail(goOn);
            return WRITTEN;
        });
        sides.on(OrderCommandsGrpc.getShipOrderMethod(), request -> WRITTEN);
        sides.on(
                OrderQueriesGrpc.getGetOrderMethod(),
                request -> GetOrderResponse.newBuilder()
                        .setOrder(Order.newBuilder().setId("order-1").setStatus(OrderStatus.CONFIRMED))
                        .setFresh(true)
                        .build());
        sides.on(CartCommandsGrpc.getCheckOutCartMethod(), request -> CheckOutCartResponse.getDefaultInstance());
    }

    @AfterEach
    void end() {
        goOn.countDown();
        threads.close();
    }

    private static void awaitOrFail(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Answer place() {
        return sendJsonAs(CUSTOMER, "POST", "/api/v1/orders", LAMP);
    }

    private Future<Answer> placeFirst() {
        Future<Answer> first = threads.submit(this::place);
        awaitOrFail(placing);
        return first;
    }

    @Test
    void a_further_order_is_refused_and_reaches_no_side() throws Exception {
        double refusedBefore = metrics.get("kontor.admission.orders.refusals")
                .functionCounter()
                .count();
        Future<Answer> first = placeFirst();

        Answer refused = place().satisfies(problem(Problem.OVERLOADED));

        assertThat(refused.header("Retry-After")).isIn("1", "2", "3");
        assertThat(sides.count(OrderCommandsGrpc.getPlaceOrderMethod())).isEqualTo(1);
        assertThat(metrics.get("kontor.admission.orders.current").gauge().value())
                .isEqualTo(1);
        assertThat(metrics.get("kontor.admission.orders.refusals")
                        .functionCounter()
                        .count())
                .isEqualTo(refusedBefore + 1);
        goOn.countDown();
        first.get().hasStatus(201);
        place().hasStatus(201);
    }

    @Test
    void a_checkout_counts_as_an_order() throws Exception {
        Future<Answer> first = placeFirst();

        sendAs(CUSTOMER, "POST", "/api/v1/cart/checkout").satisfies(problem(Problem.OVERLOADED));

        assertThat(sides.count(CartCommandsGrpc.getCheckOutCartMethod())).isZero();
        goOn.countDown();
        first.get().hasStatus(201);
        sendAs(CUSTOMER, "POST", "/api/v1/cart/checkout", "Prefer", "respond-async")
                .hasStatus(202);
    }

    @Test
    void an_order_by_graphql_counts_as_one_by_rest() throws Exception {
        Future<Answer> first = placeFirst();
        String order =
                "{\"query\":\"mutation { placeOrder(input: {lines: [{productId: \\\"product-1\\\", quantity: 1}]})"
                        + " { order { id } } checkOutCart { order { id } } }\"}";

        Answer refused = sendJsonAs(CUSTOMER, "POST", "/graphql", order).hasStatus(200);

        assertThat(refused.json()
                        .at("/errors")
                        .valueStream()
                        .map(error -> error.at("/extensions/code").asString()))
                .containsExactly(Problem.OVERLOADED.urn(), Problem.OVERLOADED.urn());
        assertThat(sides.count(OrderCommandsGrpc.getPlaceOrderMethod())).isEqualTo(1);
        goOn.countDown();
        first.get().hasStatus(201);
        assertThat(sendJsonAs(CUSTOMER, "POST", "/graphql", order).at("/data/placeOrder/order/id"))
                .isEqualTo("order-1");
    }

    @Test
    void reads_probes_and_what_admins_do_are_not_refused() throws Exception {
        Future<Answer> first = placeFirst();

        sendAs(CUSTOMER, "GET", "/api/v1/orders/order-1").hasStatus(200);
        send("GET", "/actuator/health/liveness").hasStatus(200);
        sendAs(ADMIN, "POST", "/api/v1/orders/order-1/ship").hasStatus(200);
        sendAs(ADMIN, "POST", "/api/v1/customers/customer-1/cart/checkout", "Prefer", "respond-async")
                .hasStatus(202);

        goOn.countDown();
        first.get().hasStatus(201);
    }

    @Test
    void an_order_whose_body_has_not_arrived_takes_the_place_of_no_other() throws IOException {
        goOn.countDown();
        try (RawClient slow = new RawClient(port)) {
            slow.send("POST /api/v1/orders HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Authorization: Bearer " + CUSTOMER
                    + "\r\nContent-Length: 1000\r\nExpect: 100-continue\r\n\r\n");
            // The server asks for the body, so it has let the request in.
            assertThat(new String(slow.read(12), StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 100");

            place().hasStatus(201);
        }
    }
}
