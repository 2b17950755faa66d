package dev.kontor.gateway.platform;

import static dev.kontor.gateway.ExpectedProblem.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.gateway.GatewayTest;
import dev.kontor.gateway.TestAuthority;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.cart.Cart;
import dev.kontor.proto.cart.CartItem;
import dev.kontor.proto.cart.CartQueriesGrpc;
import dev.kontor.proto.cart.GetCartResponse;
import dev.kontor.proto.catalog.CatalogQueriesGrpc;
import dev.kontor.proto.catalog.GetProductsResponse;
import dev.kontor.proto.catalog.Product;
import dev.kontor.proto.customer.Customer;
import dev.kontor.proto.customer.CustomerQueriesGrpc;
import dev.kontor.proto.customer.GetCustomerResponse;
import dev.kontor.proto.order.GetOrderResponse;
import dev.kontor.proto.order.Order;
import dev.kontor.proto.order.OrderLine;
import dev.kontor.proto.order.OrderQueriesGrpc;
import dev.kontor.proto.order.OrderStatus;
import dev.kontor.testsupport.Answer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpandTest extends GatewayTest {

    private static final int LINES = 100;
    private static final String ANN = TestAuthority.idOf("customer-1");
    private static final String ORDER = "/api/v1/orders/order-1";
    private static final String BOTH = ORDER + "?expand=products,customer";
    private static final String CART = "/api/v1/cart";

    @BeforeEach
    void an_order_and_a_cart_have_many_lines() {
        Order.Builder order = Order.newBuilder()
                .setId("order-1")
                .setCustomerId(ANN)
                .setStatus(OrderStatus.CONFIRMED)
                .setVersion(1);
        Cart.Builder cart = Cart.newBuilder().setVersion(4);
        IntStream.range(0, LINES).forEach(i -> {
            order.addLines(OrderLine.newBuilder().setProductId("product-" + i));
            cart.addItems(CartItem.newBuilder().setProductId("product-" + i));
        });
        sides.on(
                OrderQueriesGrpc.getGetOrderMethod(),
                q -> GetOrderResponse.newBuilder().setOrder(order).build());
        sides.on(
                CartQueriesGrpc.getGetCartMethod(),
                q -> GetCartResponse.newBuilder().setCart(cart).build());
        sides.on(
                CustomerQueriesGrpc.getGetCustomerMethod(),
                q -> GetCustomerResponse.newBuilder()
                        .setCustomer(Customer.newBuilder()
                                .setId(q.getCustomerId())
                                .setEmail("ann@example.com")
                                .setName("Ann"))
                        .build());
        available(7);
    }

    private void available(long units) {
        sides.on(CatalogQueriesGrpc.getGetProductsMethod(), q -> {
            GetProductsResponse.Builder found = GetProductsResponse.newBuilder();
            q.getIdsList()
                    .forEach(id ->
                            found.addProducts(Product.newBuilder().setId(id).setAvailable(units)));
            return found.build();
        });
    }

    @Test
    void an_order_shows_its_products_and_customer_with_one_call_each() {
        Answer order = sendAs(CUSTOMER, "GET", BOTH).hasStatus(200);

        assertThat(order.json().at("/products").size()).isEqualTo(LINES);
        assertThat(order.at("/products/99/id")).isEqualTo("product-99");
        assertThat(order.json().at("/customer").toString())
                .isEqualTo("{\"id\":\"" + ANN + "\",\"email\":\"ann@example.com\",\"name\":\"Ann\"}");
        assertThat(sides.count(OrderQueriesGrpc.getGetOrderMethod())).isEqualTo(1);
        assertThat(sides.count(CatalogQueriesGrpc.getGetProductsMethod())).isEqualTo(1);
        assertThat(sides.count(CustomerQueriesGrpc.getGetCustomerMethod())).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({CART + ",CUSTOMER", "/api/v1/customers/customer-1/cart,ADMIN"})
    void a_cart_shows_its_products_with_one_call(String path, String role) {
        String caller = role.equals("ADMIN") ? ADMIN : CUSTOMER;

        assertThat(sendAs(caller, "GET", path).hasStatus(200).json().has("products"))
                .isFalse();
        assertThat(sides.count(CatalogQueriesGrpc.getGetProductsMethod())).isZero();

        Answer cart = sendAs(caller, "GET", path + "?expand=products").hasStatus(200);
        assertThat(cart.json().at("/products").size()).isEqualTo(LINES);
        assertThat(sides.count(CatalogQueriesGrpc.getGetProductsMethod())).isEqualTo(1);
    }

    @Test
    void nothing_is_read_that_is_not_asked_for() {
        Answer order = sendAs(CUSTOMER, "GET", ORDER).hasStatus(200);

        assertThat(order.json().has("products")).isFalse();
        assertThat(order.json().has("customer")).isFalse();
        assertThat(sides.count(CatalogQueriesGrpc.getGetProductsMethod())).isZero();
        assertThat(sides.count(CustomerQueriesGrpc.getGetCustomerMethod())).isZero();
    }

    @Test
    void the_tag_covers_what_is_expanded() {
        String tag = sendAs(CUSTOMER, "GET", BOTH).header("ETag");
        assertThat(sendAs(CUSTOMER, "GET", ORDER).header("ETag")).isNotEqualTo(tag);
        sendAs(CUSTOMER, "GET", BOTH, "If-None-Match", tag).hasStatus(304);

        available(6);

        Answer other = sendAs(CUSTOMER, "GET", BOTH, "If-None-Match", tag).hasStatus(200);
        assertThat(other.number("/products/0/available")).isEqualTo(6);
    }

    @Test
    void an_admin_sees_the_customer_and_a_seller_does_not() {
        assertThat(sendAs(ADMIN, "GET", ORDER + "?expand=customer")
                        .hasStatus(200)
                        .at("/customer/id"))
                .isEqualTo(ANN);

        String seller = authority.token("customer-2", "CUSTOMER");
        sendAs(seller, "GET", ORDER + "?expand=products").hasStatus(200);
        sendAs(seller, "GET", BOTH).satisfies(problem(Problem.FORBIDDEN));
    }

    @Test
    void an_erased_customer_is_left_out() {
        sides.on(CustomerQueriesGrpc.getGetCustomerMethod(), q -> {
            throw new RefusedException(Problem.CUSTOMER_NOT_FOUND, "erased");
        });

        assertThat(sendAs(ADMIN, "GET", BOTH).hasStatus(200).json().has("customer"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                ORDER + "?expand=lines",
                ORDER + "?expand=products,",
                ORDER + "?expand=Products",
                ORDER + "?expand=products;customer",
                CART + "?expand=customer",
            })
    void an_unknown_kind_is_refused(String path) {
        sendAs(CUSTOMER, "GET", path)
                .satisfies(problem(Problem.INVALID_REQUEST))
                .namesField("expand");
    }
}
