package dev.kontor.query.order;

import static dev.kontor.query.Given.DEADLINE;
import static dev.kontor.query.Given.confirmed;
import static dev.kontor.query.Given.line;
import static dev.kontor.query.Given.listed;
import static dev.kontor.query.Given.placed;
import static dev.kontor.query.Given.reserved;
import static dev.kontor.query.TestQuerySide.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.api.catalog.Money;
import dev.kontor.api.catalog.ProductEvent.StockReleased;
import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.catalog.StockLevel;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.api.order.CancelledBy;
import dev.kontor.api.order.OrderEvent.OrderCancelled;
import dev.kontor.api.order.OrderEvent.OrderDelivered;
import dev.kontor.api.order.OrderEvent.OrderPlaced;
import dev.kontor.api.order.OrderEvent.OrderRejected;
import dev.kontor.api.order.OrderEvent.OrderShipped;
import dev.kontor.api.order.OrderEvent.OrderStockReturned;
import dev.kontor.api.order.OrderLine;
import dev.kontor.api.order.OrderOrigin;
import dev.kontor.api.order.Rejection;
import dev.kontor.api.order.StockMovement;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.proto.Freshness;
import dev.kontor.proto.order.GetOrderRequest;
import dev.kontor.proto.order.GetOrderResponse;
import dev.kontor.proto.order.Order;
import dev.kontor.proto.order.OrderQueriesGrpc;
import dev.kontor.proto.order.OrderStatus;
import dev.kontor.proto.order.RejectedLine;
import dev.kontor.proto.order.RejectionReason;
import dev.kontor.query.TestQuerySide;
import io.grpc.Channel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OrderTest {

    private final TestQuerySide side = TestQuerySide.get();
    private final CustomerId customer = CustomerId.mint();
    private final CustomerId seller = CustomerId.mint();
    private final ProductId product = ProductId.mint();
    private final OrderId id = OrderId.mint();
    private final OrderPlaced placed = placed(id, customer, line(product, seller, 2, 150));

    @Test
    void a_placed_order_shows_its_lines_at_the_quoted_prices() {
        side.happened(placed);

        Order order = get(side.as(customer));
        assertThat(order.getStatus()).isEqualTo(OrderStatus.PLACED);
        assertThat(order.getTotal().getAmount()).isEqualTo(300);
        assertThat(order.getLines(0).getLineTotal().getAmount()).isEqualTo(300);
        assertThat(order.getLines(0).getProductId()).isEqualTo(product.value());
        assertThat(order.getVersion()).isZero();
    }

    /** Only a log from before the shop's currency was fixed has such an order. */
    @Test
    void an_order_of_two_currencies_shows_its_lines_and_no_total_and_does_not_stop_the_projection() {
        OrderLine inDollars = new OrderLine(ProductId.mint(), new Quantity(1), seller, "title", new Money(100, "USD"));
        side.happened(placed(id, customer, line(product, seller, 2, 150), inDollars));

        Order order = get(side.as(customer));
        assertThat(order.hasTotal()).isFalse();
        assertThat(order.getLinesList())
                .extracting(line -> line.getLineTotal().getCurrency())
                .containsExactly("EUR", "USD");
    }

    @Test
    void a_confirmed_order_shows_the_prices_that_count() {
        OrderPlaced dearer = placed(id, customer, line(product, seller, 2, 175));
        side.happened(placed, confirmed(dearer, new StockMovement(product, 1)));

        assertThat(get(side.as(customer)).getTotal().getAmount()).isEqualTo(350);
    }

    @Test
    void a_rejected_order_says_why() {
        side.happened(placed, rejected());

        Order order = get(side.as(customer));
        assertThat(order.getStatus()).isEqualTo(OrderStatus.REJECTED);
        assertThat(order.getRejection().getReason()).isEqualTo(RejectionReason.INSUFFICIENT_STOCK);
        assertThat(order.getRejection().getLinesList())
                .containsExactly(RejectedLine.newBuilder()
                        .setProductId(product.value())
                        .setReason(RejectionReason.INSUFFICIENT_STOCK)
                        .setAvailable(1)
                        .build());
    }

    @Test
    void the_status_follows_the_goods() {
        side.happened(placed, confirmed(placed, new StockMovement(product, 1)));
        side.happened(new OrderShipped(id, customer, List.of(product)));
        assertThat(get(side.as(customer)).getStatus()).isEqualTo(OrderStatus.SHIPPED);

        side.happened(new OrderDelivered(id, customer));
        assertThat(get(side.as(customer)).getStatus()).isEqualTo(OrderStatus.DELIVERED);
    }

    @Test
    void an_order_shows_to_its_customer_a_seller_of_a_line_and_admins() {
        side.happened(placed);

        assertThat(get(side.as(customer)).getId()).isEqualTo(id.value());
        assertThat(get(side.as(seller)).getId()).isEqualTo(id.value());
        assertThat(get(side.asAdmin()).getId()).isEqualTo(id.value());
        assertThat(problemOf(() -> get(side.as(CustomerId.mint())))).isEqualTo(Problem.ORDER_NOT_FOUND);
        assertThat(problemOf(() -> get(side.anonymous()))).isEqualTo(Problem.UNAUTHENTICATED);
    }

    @Test
    void another_customers_order_looks_like_one_that_is_not_there_yet() {
        side.happened(placed);

        GetOrderResponse shown = settled(side.as(CustomerId.mint()), 20);

        assertThat(shown.getFresh()).isFalse();
        assertThat(shown.hasOrder()).isFalse();
    }

    @Test
    void what_is_no_order_is_not_found() {
        assertThat(problemOf(() -> OrderQueriesGrpc.newBlockingStub(side.as(customer))
                        .getOrder(
                                GetOrderRequest.newBuilder().setOrderId("no-id").build())))
                .isEqualTo(Problem.ORDER_NOT_FOUND);
    }

    @Test
    void a_placed_order_is_not_settled() {
        side.happened(placed);

        GetOrderResponse shown = settled(side.as(customer), 20);

        assertThat(shown.getFresh()).isFalse();
        assertThat(shown.getOrder().getStatus()).isEqualTo(OrderStatus.PLACED);
    }

    @Test
    void a_confirmed_order_is_settled_when_the_catalog_shows_its_reservation() throws Exception {
        side.happened(listed(product, seller, "Lamp", 150), placed, confirmed(placed, new StockMovement(product, 1)));
        assertThat(settled(side.as(customer), 20).getFresh()).isFalse();

        CompletableFuture<GetOrderResponse> waiting =
                CompletableFuture.supplyAsync(() -> settled(side.as(customer), 10_000));
        side.write(reserved(product, id, 2, new StockLevel(8, 2)));

        assertThat(waiting.get(10, TimeUnit.SECONDS).getFresh()).isTrue();
    }

    @Test
    void a_rejected_order_is_settled_when_its_stock_is_back_and_shown() {
        side.happened(listed(product, seller, "Lamp", 150), placed, rejected());
        GetOrderResponse early = settled(side.as(customer), 20);
        assertThat(early.getFresh()).isFalse();
        assertThat(early.getOrder().getStatus()).isEqualTo(OrderStatus.REJECTED);

        side.happened(new OrderStockReturned(id, List.of(new StockMovement(product, 1))));
        assertThat(settled(side.as(customer), 20).getFresh()).isFalse();

        side.happened(new StockReleased(product, id, 0, DEADLINE, new StockLevel(10, 0)));
        assertThat(settled(side.as(customer), 20).getFresh()).isTrue();
    }

    @Test
    void a_cancelled_order_is_settled_by_its_returns_not_by_its_reservations() {
        side.happened(
                listed(product, seller, "Lamp", 150),
                placed,
                reserved(product, id, 2, new StockLevel(8, 2)),
                confirmed(placed, new StockMovement(product, 1)),
                new OrderCancelled(
                        id,
                        customer,
                        OrderOrigin.DIRECT,
                        dev.kontor.api.order.OrderStatus.CONFIRMED,
                        CancelledBy.CUSTOMER,
                        List.of(product),
                        DEADLINE));
        assertThat(settled(side.as(customer), 20).getFresh()).isFalse();

        side.happened(
                new StockReleased(product, id, 2, DEADLINE, new StockLevel(10, 0)),
                new OrderStockReturned(id, List.of(new StockMovement(product, 2))));
        assertThat(settled(side.as(customer), 20).getFresh()).isTrue();
    }

    private OrderRejected rejected() {
        return new OrderRejected(
                id,
                customer,
                OrderOrigin.DIRECT,
                Rejection.ofLines(List.of(new Rejection.Line(product, "insufficient-stock", 1))),
                List.of(product),
                DEADLINE);
    }

    private Order get(Channel channel) {
        return OrderQueriesGrpc.newBlockingStub(channel)
                .getOrder(GetOrderRequest.newBuilder().setOrderId(id.value()).build())
                .getOrder();
    }

    private GetOrderResponse settled(Channel channel, long waitMillis) {
        return OrderQueriesGrpc.newBlockingStub(channel)
                .getOrder(GetOrderRequest.newBuilder()
                        .setOrderId(id.value())
                        .setUntilSettled(true)
                        .setFreshness(Freshness.newBuilder().setWaitMillis(waitMillis))
                        .build());
    }
}
