package dev.kontor.gateway.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.proto.catalog.CatalogQueriesGrpc;
import dev.kontor.proto.customer.CustomerQueriesGrpc;
import dev.kontor.proto.order.ListOrdersRequest;
import dev.kontor.proto.order.ListOrdersResponse;
import dev.kontor.proto.order.OrderQueriesGrpc;
import dev.kontor.testsupport.Answer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A list needs no call for each of its rows. */
class GraphQlJoinsTest extends ScriptedShop {

    /** A hundred orders of a hundred customers with three hundred products, twice, and a cart. */
    @Test
    void the_number_of_calls_does_not_grow_with_the_rows() {
        sides.on(
                OrderQueriesGrpc.getListOrdersMethod(),
                q -> ListOrdersResponse.newBuilder()
                        .addAllOrders(IntStream.range(0, q.getPage().getSize())
                                .mapToObj(i -> order("order-" + i, "customer-" + i, "a" + i, "b" + i, "c" + i))
                                .toList())
                        .build());
        String order = "{ edges { node { id customer { name } lines { product { title seller { name } } } } } }";

        Answer one = data(ADMIN, "{ orders(scope: ALL, first: 1) " + order + " }");
        int ofOneRow = sides.calls();
        Answer many = data(
                ADMIN,
                "{ orders(scope: ALL, first: 100) " + order + " again: orders(scope: ALL, first: 100) " + order
                        + " cart { items { product { title } } } }");
        int ofManyRows = sides.calls() - ofOneRow;

        assertThat(one.at("/data/orders/edges/0/node/customer/name")).isEqualTo("Ada");
        assertThat(many.at("/data/again/edges/99/node/lines/2/product/title")).isEqualTo("Tea");
        assertThat(many.at("/data/cart/items/0/product/title")).isEqualTo("Tea");
        assertThat(many.json().at("/data/cart/items/1/product").isNull())
                .as("a product that is gone")
                .isTrue();
        assertThat(ofOneRow).isEqualTo(3);
        // Two lists and a cart, one call for the customers, one for each hundred of the 302 products.
        assertThat(ofManyRows).isEqualTo(3 + 1 + 4);
    }

    /** The side names the sellers. */
    @Test
    void a_page_with_facets_and_sellers_is_one_call() {
        data(
                null,
                "{ products(search: \"t\", first: 100) { edges { node { title seller { name } } } facets { products"
                        + " inStock categories { name products } sellers { name products } prices { from below } } } }");

        assertThat(sides.calls()).isEqualTo(1);
    }

    @Test
    void a_request_joins_a_bounded_number_of_products() {
        sides.on(
                OrderQueriesGrpc.getListOrdersMethod(),
                q -> ListOrdersResponse.newBuilder()
                        .addAllOrders(IntStream.range(0, 100)
                                .mapToObj(i -> order(
                                        "order-" + i,
                                        CUSTOMER_ID,
                                        IntStream.range(0, 100)
                                                .mapToObj(line -> i + "-" + line)
                                                .toArray(String[]::new)))
                                .toList())
                        .build());

        Answer answer = ask(CUSTOMER, "{ orders { edges { node { lines { product { title } } } } } }")
                .hasStatus(200);

        assertThat(sides.count(CatalogQueriesGrpc.getGetProductsMethod())).isEqualTo(10);
        assertThat(answer.at("/errors/0/message")).contains("1,000 products");
        assertThat(answer.json().at("/errors").size()).isEqualTo(20);
        assertThat(answer.at("/data/orders/edges/0/node/lines/0/product/title")).isEqualTo("Tea");
    }

    /** A seller sees the orders of its products, but not who ordered. */
    @Test
    void a_customer_that_the_caller_may_not_read_is_null() {
        sides.on(
                OrderQueriesGrpc.getListOrdersMethod(),
                q -> ListOrdersResponse.newBuilder()
                        .addOrders(order("order-1", "other-1"))
                        .addOrders(order("order-2", CUSTOMER_ID))
                        .build());

        Answer answer = data(CUSTOMER, "{ orders(scope: SALES) { edges { node { customer { id name } } } } }");

        assertThat(answer.json().at("/data/orders/edges/0/node/customer").isNull())
                .isTrue();
        assertThat(answer.at("/data/orders/edges/1/node/customer/name")).isEqualTo("Ada");
        assertThat(sides.count(CustomerQueriesGrpc.getGetCustomersMethod())).isZero();
        assertThat(((ListOrdersRequest) sides.received(OrderQueriesGrpc.getListOrdersMethod())
                                .request())
                        .getScope())
                .isEqualTo(ListOrdersRequest.Scope.SALES);
    }
}
