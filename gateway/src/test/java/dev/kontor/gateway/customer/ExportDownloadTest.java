package dev.kontor.gateway.customer;

import static dev.kontor.gateway.ExpectedProblem.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kontor.gateway.GatewayTest;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.cart.Cart;
import dev.kontor.proto.cart.CartQueriesGrpc;
import dev.kontor.proto.cart.GetCartResponse;
import dev.kontor.proto.catalog.CatalogQueriesGrpc;
import dev.kontor.proto.catalog.Product;
import dev.kontor.proto.catalog.SearchProductsRequest;
import dev.kontor.proto.catalog.SearchProductsResponse;
import dev.kontor.proto.customer.Customer;
import dev.kontor.proto.customer.CustomerQueriesGrpc;
import dev.kontor.proto.customer.GetCustomerResponse;
import dev.kontor.proto.identity.IdentityQueriesGrpc;
import dev.kontor.proto.identity.ListSessionsResponse;
import dev.kontor.proto.identity.Session;
import dev.kontor.proto.order.ListOrdersRequest;
import dev.kontor.proto.order.ListOrdersResponse;
import dev.kontor.proto.order.Order;
import dev.kontor.proto.order.OrderQueriesGrpc;
import dev.kontor.testsupport.Answer;
import java.io.IOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExportDownloadTest extends GatewayTest {

    private static final String SELF = "/api/v1/customers/me/export";
    private static final int PAGES = 5;
    private static final int PAGE = 100;

    /** The first page of orders that cannot be read. */
    private int brokenAt = PAGES;

    @BeforeEach
    void the_customer_has_much_data() {
        sides.on(
                CustomerQueriesGrpc.getGetCustomerMethod(),
                q -> GetCustomerResponse.newBuilder()
                        .setCustomer(Customer.newBuilder().setId("customer-1").setName("Ann"))
                        .build());
        sides.on(
                IdentityQueriesGrpc.getListSessionsMethod(),
                q -> ListSessionsResponse.newBuilder()
                        .addSessions(Session.newBuilder()
                                .setId(q.getPage().getToken().isEmpty() ? "session-1" : "session-2")
                                .setDevice("Lynx"))
                        .setNextPageToken(q.getPage().getToken().isEmpty() ? "more" : "")
                        .build());
        sides.on(
                CartQueriesGrpc.getGetCartMethod(),
                q -> GetCartResponse.newBuilder()
                        .setCart(Cart.newBuilder().setVersion(7))
                        .build());
        sides.on(OrderQueriesGrpc.getListOrdersMethod(), this::orders);
        sides.on(
                CatalogQueriesGrpc.getSearchProductsMethod(),
                q -> SearchProductsResponse.newBuilder()
                        .addProducts(Product.newBuilder().setId("product-1").setSellerId(q.getSeller()))
                        .build());
    }

    private ListOrdersResponse orders(ListOrdersRequest request) {
        assertThat(request.getPage().getSize()).isEqualTo(PAGE);
        int page = request.getPage().getToken().isEmpty()
                ? 0
                : Integer.parseInt(request.getPage().getToken());
        if (page >= brokenAt) {
            throw new RefusedException(Problem.UNAVAILABLE, "not now");
        }
        ListOrdersResponse.Builder orders = ListOrdersResponse.newBuilder();
        IntStream.range(page * PAGE, (page + 1) * PAGE)
                .forEach(number -> orders.addOrders(Order.newBuilder().setId("order-" + number)));
        return orders.setNextPageToken(page + 1 == PAGES ? "" : Integer.toString(page + 1))
                .build();
    }

    @Test
    void an_export_has_all_data_in_one_document() {
        Answer answer = sendAs(CUSTOMER, "GET", SELF).hasStatus(200);

        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("Content-Disposition")).isEqualTo("attachment; filename=\"kontor-export.json\"");
        assertThat(answer.json().propertyNames()).containsExactly("profile", "sessions", "cart", "orders", "products");
        assertThat(answer.at("/profile/name")).isEqualTo("Ann");
        assertThat(answer.at("/sessions/0/device")).isEqualTo("Lynx");
        assertThat(answer.at("/sessions/1/id")).isEqualTo("session-2");
        assertThat(answer.json().at("/cart/version").asInt()).isEqualTo(7);
        assertThat(answer.json()
                        .at("/orders")
                        .valueStream()
                        .map(order -> order.get("id").asString()))
                .containsExactlyElementsOf(IntStream.range(0, PAGES * PAGE)
                        .mapToObj(number -> "order-" + number)
                        .toList());
        assertThat(answer.at("/products/0/id")).isEqualTo("product-1");
    }

    @Test
    void an_admin_exports_the_data_of_a_customer() {
        sendAs(ADMIN, "GET", "/api/v1/customers/customer-1/export").hasStatus(200);

        ListOrdersRequest orders = (ListOrdersRequest)
                sides.received(OrderQueriesGrpc.getListOrdersMethod()).request();
        assertThat(orders.getCustomerId()).isEqualTo("customer-1");
        assertThat(orders.getScope()).isEqualTo(ListOrdersRequest.Scope.OWN);
        SearchProductsRequest products = (SearchProductsRequest)
                sides.received(CatalogQueriesGrpc.getSearchProductsMethod()).request();
        assertThat(products.getSeller()).isEqualTo("customer-1");
    }

    @Test
    void a_failure_of_the_first_reads_is_a_problem() {
        brokenAt = 0;
        sendAs(CUSTOMER, "GET", SELF).satisfies(problem(Problem.UNAVAILABLE));

        sides.on(CustomerQueriesGrpc.getGetCustomerMethod(), q -> {
            throw new RefusedException(Problem.CUSTOMER_NOT_FOUND, Problem.CUSTOMER_NOT_FOUND.title());
        });
        Answer unknown =
                sendAs(ADMIN, "GET", "/api/v1/customers/unknown/export").satisfies(problem(Problem.CUSTOMER_NOT_FOUND));
        unknown.hasNoHeader("Content-Disposition");
    }

    @Test
    void a_failure_before_the_first_byte_is_a_problem_too() {
        sides.on(
                OrderQueriesGrpc.getListOrdersMethod(),
                q -> q.getPage().getToken().isEmpty()
                        ? ListOrdersResponse.newBuilder().setNextPageToken("1").build()
                        : orders(q));
        brokenAt = 1;

        Answer answer = sendAs(CUSTOMER, "GET", SELF).satisfies(problem(Problem.UNAVAILABLE));

        answer.hasNoHeader("Content-Disposition");
    }

    @Test
    void a_failure_after_the_first_byte_ends_the_connection() {
        brokenAt = PAGES - 1;

        assertThatThrownBy(() -> sendAs(CUSTOMER, "GET", SELF))
                .isInstanceOf(AssertionError.class)
                .hasCauseInstanceOf(IOException.class);
    }
}
