package dev.kontor.gateway.cart;

import static dev.kontor.gateway.ExpectedProblem.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.gateway.GatewayTest;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.Money;
import dev.kontor.proto.Written;
import dev.kontor.proto.cart.AwaitCheckoutRequest;
import dev.kontor.proto.cart.AwaitCheckoutResponse;
import dev.kontor.proto.cart.Cart;
import dev.kontor.proto.cart.CartCommandsGrpc;
import dev.kontor.proto.cart.CartItem;
import dev.kontor.proto.cart.CartQueriesGrpc;
import dev.kontor.proto.cart.CheckOutCartResponse;
import dev.kontor.proto.cart.GetCartResponse;
import dev.kontor.proto.cart.PutCartItemRequest;
import dev.kontor.proto.order.GetOrderResponse;
import dev.kontor.proto.order.Order;
import dev.kontor.proto.order.OrderQueriesGrpc;
import dev.kontor.proto.order.OrderStatus;
import dev.kontor.proto.order.Rejection;
import dev.kontor.proto.order.RejectionReason;
import dev.kontor.testsupport.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CartTest extends GatewayTest {

    private static final Money PRICE =
            Money.newBuilder().setAmount(100).setCurrency("EUR").build();
    private static final Cart ONE_LAMP = Cart.newBuilder()
            .setCustomerId("customer-1")
            .addItems(CartItem.newBuilder()
                    .setProductId("product-1")
                    .setTitle("Lamp")
                    .setUnitPrice(PRICE)
                    .setQuantity(1)
                    .setLineTotal(PRICE)
                    .setListed(true)
                    .setAvailable(7))
            .setTotal(PRICE)
            .setVersion(2)
            .build();

    @BeforeEach
    void writes_are_durable() {
        Written written = Written.newBuilder().setId("customer-1").setVersion(2).build();
        sides.on(CartCommandsGrpc.getPutCartItemMethod(), q -> written);
        sides.on(CartCommandsGrpc.getRemoveCartItemMethod(), q -> written);
        sides.on(CartCommandsGrpc.getClearCartMethod(), q -> written);
        sides.on(
                CartCommandsGrpc.getCheckOutCartMethod(),
                q -> CheckOutCartResponse.newBuilder()
                        .setOrderId("order-1")
                        .setCustomerId("customer-1")
                        .setCartVersion(3)
                        .build());
    }

    private void cartIsShown(boolean fresh) {
        sides.on(
                CartQueriesGrpc.getGetCartMethod(),
                q -> GetCartResponse.newBuilder()
                        .setCart(ONE_LAMP)
                        .setFresh(fresh)
                        .build());
    }

    private void orderBecomes(Order.Builder order) {
        sides.on(
                OrderQueriesGrpc.getGetOrderMethod(),
                q -> GetOrderResponse.newBuilder()
                        .setOrder(order.setId("order-1"))
                        .setFresh(true)
                        .build());
    }

    private void checkoutEnds(boolean inTime) {
        sides.on(
                CartQueriesGrpc.getAwaitCheckoutMethod(),
                q -> AwaitCheckoutResponse.newBuilder().setEnded(inTime).build());
    }

    @Test
    void a_cart_shows_its_items() {
        cartIsShown(true);

        assertThat(sendAs(CUSTOMER, "GET", "/api/v1/cart").hasStatus(200).body())
                .isEqualTo("{\"items\":[{\"productId\":\"product-1\",\"title\":\"Lamp\","
                        + "\"unitPrice\":{\"amount\":100,\"currency\":\"EUR\"},\"quantity\":1,"
                        + "\"lineTotal\":{\"amount\":100,\"currency\":\"EUR\"},\"listed\":true,\"available\":7}],"
                        + "\"total\":{\"amount\":100,\"currency\":\"EUR\"},\"version\":2}");
    }

    @ParameterizedTest
    @CsvSource({
        "PUT,/api/v1/cart/items/product-1,200",
        "DELETE,/api/v1/cart/items/product-1,200",
        "DELETE,/api/v1/cart,204"
    })
    void a_change_is_answered_once_it_is_visible(String method, String path, int status) {
        cartIsShown(true);
        sendJsonAs(CUSTOMER, method, path, "{\"quantity\":1}").hasStatus(status);

        cartIsShown(false);
        Answer accepted = sendJsonAs(CUSTOMER, method, path, "{\"quantity\":1}").hasStatus(202);
        assertThat(accepted.header("Location")).isEqualTo("/api/v1/cart");
        assertThat(accepted.body()).isEqualTo("{\"id\":\"customer-1\",\"version\":2}");
    }

    @Test
    void a_quantity_is_needed() {
        sendJsonAs(CUSTOMER, "PUT", "/api/v1/cart/items/product-1", "{}")
                .satisfies(problem(Problem.INVALID_REQUEST))
                .namesField("quantity");
    }

    @Test
    void an_admin_acts_for_a_customer() {
        cartIsShown(false);

        Answer answer = sendJsonAs(
                        ADMIN, "PUT", "/api/v1/customers/customer-2/cart/items/product-1", "{\"quantity\":3}")
                .hasStatus(202);

        assertThat(answer.header("Location")).isEqualTo("/api/v1/customers/customer-2/cart");
        PutCartItemRequest sent = (PutCartItemRequest)
                sides.received(CartCommandsGrpc.getPutCartItemMethod()).request();
        assertThat(sent.getCustomerId()).isEqualTo("customer-2");
        assertThat(sent.getQuantity()).isEqualTo(3);
    }

    @Test
    void a_checkout_places_an_order() {
        orderBecomes(Order.newBuilder().setStatus(OrderStatus.CONFIRMED));
        checkoutEnds(true);

        Answer answer = sendAs(CUSTOMER, "POST", "/api/v1/cart/checkout").hasStatus(201);

        assertThat(answer.at("/id")).isEqualTo("order-1");
        assertThat(answer.header("Location")).isEqualTo("/api/v1/orders/order-1");
        AwaitCheckoutRequest awaited = (AwaitCheckoutRequest)
                sides.received(CartQueriesGrpc.getAwaitCheckoutMethod()).request();
        assertThat(awaited.getCartVersion()).isEqualTo(3);
        assertThat(awaited.getWaitMillis()).isBetween(1L, 5_000L);
    }

    @Test
    void a_checkout_whose_cart_lags_is_accepted() {
        orderBecomes(Order.newBuilder().setStatus(OrderStatus.CONFIRMED));
        checkoutEnds(false);

        assertThat(sendAs(CUSTOMER, "POST", "/api/v1/cart/checkout")
                        .hasStatus(202)
                        .at("/status"))
                .isEqualTo("CONFIRMED");
    }

    @Test
    void a_checkout_that_is_not_decided_in_time_is_accepted() {
        orderBecomes(Order.newBuilder().setStatus(OrderStatus.PLACED));

        sendAs(CUSTOMER, "POST", "/api/v1/cart/checkout").hasStatus(202);

        assertThat(sides.received(CartQueriesGrpc.getAwaitCheckoutMethod())).isNull();
    }

    @Test
    void a_checkout_without_a_wait_answers_the_order_id() {
        Answer answer = sendAs(CUSTOMER, "POST", "/api/v1/cart/checkout", "Prefer", "respond-async")
                .hasStatus(202);

        assertThat(answer.body()).isEqualTo("{\"id\":\"order-1\"}");
        assertThat(answer.header("Location")).isEqualTo("/api/v1/orders/order-1");
    }

    @Test
    void a_rejected_checkout_answers_the_reason() {
        orderBecomes(Order.newBuilder()
                .setStatus(OrderStatus.REJECTED)
                .setRejection(Rejection.newBuilder().setReason(RejectionReason.INSUFFICIENT_STOCK)));
        checkoutEnds(true);

        Answer answer =
                sendAs(CUSTOMER, "POST", "/api/v1/cart/checkout").satisfies(problem(Problem.INSUFFICIENT_STOCK));

        assertThat(answer.at("/orderId")).isEqualTo("order-1");
    }

    @Test
    void an_empty_cart_cannot_be_checked_out() {
        sides.on(CartCommandsGrpc.getCheckOutCartMethod(), q -> {
            throw new RefusedException(Problem.CART_EMPTY, Problem.CART_EMPTY.title());
        });

        sendAs(CUSTOMER, "POST", "/api/v1/cart/checkout").satisfies(problem(Problem.CART_EMPTY));
    }
}
