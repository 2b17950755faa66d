package dev.kontor.gateway.order;

import static dev.kontor.gateway.ExpectedProblem.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.gateway.GatewayTest;
import dev.kontor.gateway.ScriptedSides.Call;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.Money;
import dev.kontor.proto.Written;
import dev.kontor.proto.order.GetOrderRequest;
import dev.kontor.proto.order.GetOrderResponse;
import dev.kontor.proto.order.ListOrdersRequest;
import dev.kontor.proto.order.ListOrdersResponse;
import dev.kontor.proto.order.Order;
import dev.kontor.proto.order.OrderCommandsGrpc;
import dev.kontor.proto.order.OrderLine;
import dev.kontor.proto.order.OrderQueriesGrpc;
import dev.kontor.proto.order.OrderStatus;
import dev.kontor.proto.order.PlaceOrderRequest;
import dev.kontor.proto.order.RejectedLine;
import dev.kontor.proto.order.Rejection;
import dev.kontor.proto.order.RejectionReason;
import dev.kontor.testsupport.Answer;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderTest extends GatewayTest {

    private static final String TWO_LAMPS = "{\"lines\":[{\"productId\":\"product-1\",\"quantity\":2}]}";
    private static final Money SUM =
            Money.newBuilder().setAmount(200).setCurrency("EUR").build();

    @BeforeEach
    void writes_are_durable() {
        Written written = Written.newBuilder().setId("order-1").setVersion(6).build();
        sides.on(OrderCommandsGrpc.getPlaceOrderMethod(), q -> written);
        sides.on(OrderCommandsGrpc.getCancelOrderMethod(), q -> written);
        sides.on(OrderCommandsGrpc.getShipOrderMethod(), q -> written);
        sides.on(OrderCommandsGrpc.getDeliverOrderMethod(), q -> written);
    }

    private static Order.Builder order(OrderStatus status) {
        return Order.newBuilder()
                .setId("order-1")
                .setCustomerId("customer-1")
                .setStatus(status)
                .addLines(OrderLine.newBuilder()
                        .setProductId("product-1")
                        .setTitle("Lamp")
                        .setUnitPrice(Money.newBuilder().setAmount(100).setCurrency("EUR"))
                        .setQuantity(2)
                        .setLineTotal(SUM))
                .setTotal(SUM)
                .setPlacedAtMillis(0)
                .setVersion(6);
    }

    private void becomes(Order.Builder order, boolean fresh) {
        sides.on(
                OrderQueriesGrpc.getGetOrderMethod(),
                q -> GetOrderResponse.newBuilder()
                        .setOrder(order)
                        .setFresh(fresh)
                        .build());
    }

    private Answer place(String... headers) {
        return sendJsonAs(CUSTOMER, "POST", "/api/v1/orders", TWO_LAMPS, headers);
    }

    private <Q> Q sent(Class<Q> type, Call call) {
        return type.cast(call.request());
    }

    @Test
    void a_confirmed_order_is_created() {
        becomes(order(OrderStatus.CONFIRMED), true);

        Answer answer = place().hasStatus(201);

        assertThat(answer.body())
                .isEqualTo("{\"id\":\"order-1\",\"customerId\":\"customer-1\",\"status\":\"CONFIRMED\",\"lines\":["
                        + "{\"productId\":\"product-1\",\"title\":\"Lamp\",\"unitPrice\":{\"amount\":100,\"currency\":\"EUR\"},"
                        + "\"quantity\":2,\"lineTotal\":{\"amount\":200,\"currency\":\"EUR\"}}],"
                        + "\"total\":{\"amount\":200,\"currency\":\"EUR\"},\"placedAt\":\"1970-01-01T00:00:00Z\","
                        + "\"version\":6}");
        assertThat(answer.header("Location")).isEqualTo("/api/v1/orders/order-1");
        PlaceOrderRequest placed =
                sent(PlaceOrderRequest.class, sides.received(OrderCommandsGrpc.getPlaceOrderMethod()));
        assertThat(UUID.fromString(placed.getOrderId()).version()).isEqualTo(4);
        assertThat(placed.getIdempotencyKey()).isEmpty();
        assertThat(placed.hasExpectedTotal()).isFalse();
    }

    @Test
    void the_wait_for_the_outcome_is_within_the_deadline() {
        becomes(order(OrderStatus.CONFIRMED), true);

        place("Prefer", "wait=12").hasStatus(201);

        Call call = sides.received(OrderQueriesGrpc.getGetOrderMethod());
        GetOrderRequest read = sent(GetOrderRequest.class, call);
        assertThat(read.getUntilSettled()).isTrue();
        assertThat(read.getFreshness().getWaitMillis()).isEqualTo(12_000);
        assertThat(read.getFreshness().getAtLeastVersion()).isEqualTo(6);
        assertThat(call.secondsToDeadline()).isGreaterThanOrEqualTo(12);
    }

    @ParameterizedTest
    @CsvSource({"PLACED,true", "PLACED,false", "CONFIRMED,false", "REJECTED,false"})
    void an_order_that_is_not_settled_in_time_is_accepted(OrderStatus status, boolean fresh) {
        becomes(order(status), fresh);

        Answer answer = place().hasStatus(202);

        assertThat(answer.at("/status")).isEqualTo(status.name());
        assertThat(answer.header("Location")).isEqualTo("/api/v1/orders/order-1");
    }

    @Test
    void an_order_that_is_not_visible_yet_is_accepted() {
        sides.on(OrderQueriesGrpc.getGetOrderMethod(), q -> {
            throw new RefusedException(Problem.ORDER_NOT_FOUND, "no such order");
        });

        Answer answer = place().hasStatus(202);

        assertThat(answer.body()).isEqualTo("{\"id\":\"order-1\",\"version\":6}");
    }

    @Test
    void a_client_that_does_not_wait_is_answered_at_once() {
        Answer answer = place("Prefer", "respond-async").hasStatus(202);

        assertThat(answer.body()).isEqualTo("{\"id\":\"order-1\",\"version\":6}");
        assertThat(answer.header("Location")).isEqualTo("/api/v1/orders/order-1");
        assertThat(sides.received(OrderQueriesGrpc.getGetOrderMethod())).isNull();
    }

    @Test
    void a_rejected_order_is_answered_with_its_reason_and_its_id() {
        becomes(
                order(OrderStatus.REJECTED)
                        .setRejection(Rejection.newBuilder()
                                .setReason(RejectionReason.INSUFFICIENT_STOCK)
                                .addLines(RejectedLine.newBuilder()
                                        .setProductId("product-1")
                                        .setReason(RejectionReason.INSUFFICIENT_STOCK)
                                        .setAvailable(1))),
                true);

        Answer answer = place().satisfies(problem(Problem.INSUFFICIENT_STOCK));

        assertThat(answer.at("/orderId")).isEqualTo("order-1");
        assertThat(answer.json().get("rejection").toString())
                .isEqualTo("{\"code\":\"insufficient-stock\",\"lines\":[{\"productId\":\"product-1\","
                        + "\"code\":\"insufficient-stock\",\"available\":1}]}");
        assertThat(answer.header("Location")).isEqualTo("/api/v1/orders/order-1");
    }

    @ParameterizedTest
    @CsvSource({
        "INSUFFICIENT_STOCK, insufficient-stock",
        "PRODUCT_DELISTED, product-delisted",
        "PRICE_CHANGED, price-changed",
        "ORDER_EXPIRED, order-expired",
        "CURRENCY_MISMATCH, currency-mismatch"
    })
    void a_rejection_without_lines_is_named_by_its_own_code(RejectionReason reason, String code) {
        becomes(order(OrderStatus.REJECTED).setRejection(Rejection.newBuilder().setReason(reason)), true);

        place().satisfies(problem(Problem.ofCode(code).orElseThrow(), 409));
    }

    @Test
    void a_rejection_is_a_conflict_whatever_its_code() {
        becomes(
                order(OrderStatus.REJECTED)
                        .setRejection(Rejection.newBuilder().setReason(RejectionReason.UNKNOWN_PRODUCT)),
                true);
        place().satisfies(problem(Problem.UNKNOWN_PRODUCT, 409));

        becomes(order(OrderStatus.REJECTED).setRejection(Rejection.newBuilder().setReasonValue(99)), true);
        place().satisfies(problem(Problem.CONFLICT, 409));
    }

    @Test
    void an_order_that_was_cancelled_meanwhile_is_a_conflict() {
        becomes(order(OrderStatus.CANCELLED), true);

        Answer answer = place().satisfies(problem(Problem.ORDER_CANCELLED));

        assertThat(answer.at("/orderId")).isEqualTo("order-1");
        assertThat(answer.json().has("rejection")).isFalse();
    }

    @Test
    void a_refusal_of_the_side_is_answered() {
        sides.on(OrderCommandsGrpc.getPlaceOrderMethod(), q -> {
            throw RefusedException.invalid("lines[0].quantity", "must be from 1 to 10000");
        });

        place().satisfies(problem(Problem.INVALID_REQUEST)).namesField("lines[0].quantity");
    }

    @Test
    void key_and_expected_total_are_passed_on() {
        becomes(order(OrderStatus.CONFIRMED), true);

        sendJsonAs(
                        CUSTOMER,
                        "POST",
                        "/api/v1/orders",
                        TWO_LAMPS.replace("]}", "],\"expectedTotal\":{\"amount\":200,\"currency\":\"EUR\"}}"),
                        "Idempotency-Key",
                        "key-1")
                .hasStatus(201);

        PlaceOrderRequest placed =
                sent(PlaceOrderRequest.class, sides.received(OrderCommandsGrpc.getPlaceOrderMethod()));
        assertThat(placed.getIdempotencyKey()).isEqualTo("key-1");
        assertThat(placed.getExpectedTotal()).isEqualTo(SUM);
    }

    @Test
    void an_empty_idempotency_key_is_refused() {
        place("Idempotency-Key", " ")
                .satisfies(problem(Problem.INVALID_REQUEST))
                .namesField("Idempotency-Key");
    }

    @ParameterizedTest
    @CsvSource({"cancel,CANCELLED", "ship,SHIPPED", "deliver,DELIVERED"})
    void an_order_is_shipped_delivered_and_cancelled(String step, OrderStatus status) {
        becomes(order(status), true);
        assertThat(sendAs(ADMIN, "POST", "/api/v1/orders/order-1/" + step)
                        .hasStatus(200)
                        .at("/status"))
                .isEqualTo(status.name());

        becomes(order(OrderStatus.CONFIRMED), false);
        assertThat(sendAs(ADMIN, "POST", "/api/v1/orders/order-1/" + step)
                        .hasStatus(202)
                        .body())
                .isEqualTo("{\"id\":\"order-1\",\"version\":6}");
    }

    @Test
    void another_customers_order_is_not_found() {
        sides.on(OrderQueriesGrpc.getGetOrderMethod(), q -> {
            throw new RefusedException(Problem.ORDER_NOT_FOUND, "no order " + q.getOrderId());
        });

        sendAs(CUSTOMER, "GET", "/api/v1/orders/order-2").satisfies(problem(Problem.ORDER_NOT_FOUND));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-,OWN,ORDER_STATUS_UNSPECIFIED,''",
                "as=seller,SALES,ORDER_STATUS_UNSPECIFIED,''",
                "status=PLACED,OWN,PLACED,''",
                "all=true&status=REJECTED,ALL,REJECTED,''",
                "customer=customer-2,OWN,ORDER_STATUS_UNSPECIFIED,customer-2"
            })
    void a_list_is_about_whom_the_url_says(
            String query, ListOrdersRequest.Scope scope, OrderStatus status, String customer) {
        sides.on(
                OrderQueriesGrpc.getListOrdersMethod(),
                q -> ListOrdersResponse.newBuilder()
                        .addOrders(order(OrderStatus.PLACED))
                        .setNextPageToken("more")
                        .build());

        Answer answer = sendAs(ADMIN, "GET", "/api/v1/orders" + (query == null ? "" : "?" + query))
                .hasStatus(200);

        assertThat(answer.at("/items/0/id")).isEqualTo("order-1");
        assertThat(answer.at("/nextPageToken")).isEqualTo("more");
        ListOrdersRequest asked = sent(ListOrdersRequest.class, sides.received(OrderQueriesGrpc.getListOrdersMethod()));
        assertThat(asked.getScope()).isEqualTo(scope);
        assertThat(asked.getStatus()).isEqualTo(status);
        assertThat(asked.getCustomerId()).isEqualTo(customer);
    }

    @ParameterizedTest
    @CsvSource({
        "as=buyer,as",
        "as=seller&all=true,as",
        "all=true&customer=x,as",
        "status=placed,status",
        "status=UNRECOGNIZED,status",
        "all=maybe,all",
        "pageSize=101,pageSize"
    })
    void invalid_filters_of_the_list_are_refused(String query, String field) {
        sendAs(ADMIN, "GET", "/api/v1/orders?" + query)
                .satisfies(problem(Problem.INVALID_REQUEST))
                .namesField(field);
    }
}
