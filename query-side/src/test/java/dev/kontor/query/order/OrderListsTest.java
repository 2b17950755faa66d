package dev.kontor.query.order;

import static dev.kontor.query.Given.confirmed;
import static dev.kontor.query.Given.line;
import static dev.kontor.query.Given.placed;
import static dev.kontor.query.TestQuerySide.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.api.order.OrderEvent.OrderPlaced;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.proto.PageRequest;
import dev.kontor.proto.order.ListOrdersRequest;
import dev.kontor.proto.order.ListOrdersRequest.Scope;
import dev.kontor.proto.order.ListOrdersResponse;
import dev.kontor.proto.order.Order;
import dev.kontor.proto.order.OrderQueriesGrpc;
import dev.kontor.proto.order.OrderStatus;
import dev.kontor.query.TestQuerySide;
import io.grpc.Channel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrderListsTest {

    private final TestQuerySide side = TestQuerySide.get();
    private final CustomerId customer = CustomerId.mint();
    private final CustomerId seller = CustomerId.mint();

    @Test
    void orders_are_listed_newest_first_page_by_page_across_days() {
        List<String> placed = new ArrayList<>();
        for (String day : List.of("2026-05-01", "2026-05-03", "2026-05-02")) {
            side.at(day + "T12:00:00Z");
            for (int number = 0; number < 3; number++) {
                OrderPlaced order = order();
                placed.add(day + "/" + number + "/" + order.orderId());
                side.write(order);
            }
        }
        side.settle();
        List<String> newestFirst = placed.stream()
                .sorted(Comparator.reverseOrder())
                .map(order -> order.substring(order.lastIndexOf('/') + 1))
                .toList();

        assertThat(pages(
                        side.as(customer),
                        request(Scope.OWN).setPage(PageRequest.newBuilder().setSize(2))))
                .isEqualTo(newestFirst);
        assertThat(pages(
                        side.as(seller),
                        request(Scope.SALES).setPage(PageRequest.newBuilder().setSize(4))))
                .isEqualTo(newestFirst);
    }

    @Test
    void an_order_placed_between_two_pages_does_not_shift_the_next() {
        side.at("2026-05-01T12:00:00Z").happened(order(), order(), order());
        ListOrdersResponse first = list(
                side.as(customer),
                request(Scope.OWN).setPage(PageRequest.newBuilder().setSize(2)));

        side.happened(order());
        ListOrdersResponse second = list(
                side.as(customer),
                request(Scope.OWN).setPage(PageRequest.newBuilder().setSize(2).setToken(first.getNextPageToken())));

        assertThat(second.getOrdersList()).hasSize(1).doesNotContainAnyElementsOf(first.getOrdersList());
        assertThat(second.getNextPageToken()).isEmpty();
    }

    @Test
    void a_list_can_be_of_one_status() {
        OrderPlaced one = order();
        side.at("2026-05-01T12:00:00Z").happened(order(), one, confirmed(one), order());

        assertThat(pages(side.as(customer), request(Scope.OWN).setStatus(OrderStatus.CONFIRMED)))
                .containsExactly(one.orderId().value());
        assertThat(pages(side.as(customer), request(Scope.OWN).setStatus(OrderStatus.SHIPPED)))
                .isEmpty();
    }

    @Test
    void all_orders_are_for_admins_only() {
        side.at("2036-05-01T12:00:00Z");
        OrderPlaced newest = order();
        side.happened(newest);

        assertThat(list(
                                side.asAdmin(),
                                request(Scope.ALL)
                                        .setPage(PageRequest.newBuilder().setSize(1)))
                        .getOrdersList())
                .extracting(Order::getId)
                .containsExactly(newest.orderId().value());
        assertThat(problemOf(() -> list(side.as(customer), request(Scope.ALL)))).isEqualTo(Problem.FORBIDDEN);
        side.at("2026-05-01T12:00:00Z");
    }

    @Test
    void pages_of_all_orders_contain_each_order_once() {
        side.at("2026-05-01T12:00:00Z").happened(order(), order(), order());

        List<String> paged = pages(
                side.asAdmin(),
                request(Scope.ALL).setPage(PageRequest.newBuilder().setSize(7)));

        assertThat(paged).doesNotHaveDuplicates().hasSize((int)
                side.collection("orders").countDocuments());
    }

    @Test
    void anothers_orders_are_for_admins_only() {
        side.happened(order());
        ListOrdersRequest.Builder named = request(Scope.OWN).setCustomerId(customer.value());

        assertThat(list(side.asAdmin(), named).getOrdersList()).hasSize(1);
        assertThat(problemOf(() -> list(side.as(seller), named))).isEqualTo(Problem.FORBIDDEN);
    }

    @Test
    void a_token_of_another_list_is_refused() {
        side.happened(order(), order());
        String token = list(
                        side.as(customer),
                        request(Scope.OWN).setPage(PageRequest.newBuilder().setSize(1)))
                .getNextPageToken();

        assertThat(problemOf(() -> list(
                        side.as(seller),
                        request(Scope.SALES).setPage(PageRequest.newBuilder().setToken(token)))))
                .isEqualTo(Problem.INVALID_REQUEST);
    }

    private OrderPlaced order() {
        return placed(OrderId.mint(), customer, line(ProductId.mint(), seller, 1, 100));
    }

    private static ListOrdersRequest.Builder request(Scope scope) {
        return ListOrdersRequest.newBuilder().setScope(scope);
    }

    private static ListOrdersResponse list(Channel channel, ListOrdersRequest.Builder request) {
        return OrderQueriesGrpc.newBlockingStub(channel).listOrders(request.build());
    }

    private static List<String> pages(Channel channel, ListOrdersRequest.Builder request) {
        List<String> ids = new ArrayList<>();
        PageRequest page = request.getPage();
        String token = "";
        do {
            ListOrdersResponse answer =
                    list(channel, request.setPage(page.toBuilder().setToken(token)));
            answer.getOrdersList().forEach(order -> ids.add(order.getId()));
            token = answer.getNextPageToken();
        } while (!token.isEmpty());
        return ids;
    }
}
