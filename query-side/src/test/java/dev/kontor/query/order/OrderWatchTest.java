package dev.kontor.query.order;

import static dev.kontor.query.Given.DEADLINE;
import static dev.kontor.query.Given.confirmed;
import static dev.kontor.query.Given.line;
import static dev.kontor.query.Given.placed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.api.order.OrderEvent.OrderConfirmed;
import dev.kontor.api.order.OrderEvent.OrderDelivered;
import dev.kontor.api.order.OrderEvent.OrderPlaced;
import dev.kontor.api.order.OrderEvent.OrderRejected;
import dev.kontor.api.order.OrderEvent.OrderShipped;
import dev.kontor.api.order.OrderEvent.OrderStockReturned;
import dev.kontor.api.order.OrderOrigin;
import dev.kontor.api.order.Rejection;
import dev.kontor.api.order.StockMovement;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RateLimiter;
import dev.kontor.proto.identity.Revocation;
import dev.kontor.proto.order.Order;
import dev.kontor.proto.order.OrderQueriesGrpc;
import dev.kontor.proto.order.OrderStatus;
import dev.kontor.proto.order.WatchOrderRequest;
import dev.kontor.proto.order.WatchOrderResponse;
import dev.kontor.query.StreamReader;
import dev.kontor.query.TestQuerySide;
import dev.kontor.query.platform.WatchSettings;
import dev.kontor.query.platform.Watches;
import io.grpc.Channel;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OrderWatchTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final TestQuerySide side = TestQuerySide.get();
    private final CustomerId customer = CustomerId.mint();
    private final CustomerId seller = CustomerId.mint();
    private final ProductId product = ProductId.mint();
    private final OrderId id = OrderId.mint();
    private final OrderPlaced placed = placed(id, customer, line(product, seller, 2, 150));
    private final OrderConfirmed confirmed = confirmed(placed, new StockMovement(product, 1));
    private final OrderShipped shipped = new OrderShipped(id, customer, List.of(product));
    private final OrderDelivered delivered = new OrderDelivered(id, customer);

    private final List<StreamReader<WatchOrderRequest, WatchOrderResponse>> opened = new ArrayList<>();
    private final MeterRegistry meters = new SimpleMeterRegistry();

    @BeforeEach
    void measure() {
        side.bean(Watches.class).bindTo(meters);
    }

    @AfterEach
    void close() {
        opened.forEach(StreamReader::cancel);
        await().atMost(LONG).until(() -> openStreams() == 0);
    }

    private StreamReader<WatchOrderRequest, WatchOrderResponse> watch(Channel channel) {
        return watch(channel, WatchOrderRequest.newBuilder().setOrderId(id.value()));
    }

    private StreamReader<WatchOrderRequest, WatchOrderResponse> watchAfter(long known) {
        return watch(
                side.as(customer),
                WatchOrderRequest.newBuilder().setOrderId(id.value()).setKnownVersion(known));
    }

    private StreamReader<WatchOrderRequest, WatchOrderResponse> watch(
            Channel channel, WatchOrderRequest.Builder request) {
        StreamReader<WatchOrderRequest, WatchOrderResponse> reader = new StreamReader<>();
        OrderQueriesGrpc.newStub(channel).watchOrder(request.build(), reader);
        opened.add(reader);
        return reader;
    }

    private int openStreams() {
        return (int) meters.get("kontor.watches.streams").gauge().value();
    }

    private static Order order(StreamReader<WatchOrderRequest, WatchOrderResponse> reader) {
        return reader.next().getOrder();
    }

    @Test
    void an_order_is_watched_from_its_placement_to_its_end() {
        side.happened(placed);
        var reader = watch(side.as(customer));
        assertThat(order(reader).getStatus()).isEqualTo(OrderStatus.PLACED);

        side.write(confirmed);
        Order next = order(reader.take());
        assertThat(next.getStatus()).isEqualTo(OrderStatus.CONFIRMED);
        assertThat(next.getVersion()).isEqualTo(1);
        assertThat(next.getTotal().getAmount()).isEqualTo(300);

        side.write(shipped);
        assertThat(order(reader.take()).getStatus()).isEqualTo(OrderStatus.SHIPPED);
        side.write(delivered);
        assertThat(order(reader.take()).getStatus()).isEqualTo(OrderStatus.DELIVERED);
        reader.awaitEnd();
        assertThat(reader.unread()).isEmpty();
    }

    @Test
    void an_order_may_be_watched_before_the_view_shows_it() {
        var reader = watch(side.as(customer));

        side.write(placed);

        assertThat(order(reader).getStatus()).isEqualTo(OrderStatus.PLACED);
    }

    @Test
    void a_caller_that_comes_back_gets_what_it_missed_and_nothing_twice() {
        side.happened(placed, confirmed);
        assertThat(order(watchAfter(0)).getStatus()).isEqualTo(OrderStatus.CONFIRMED);

        var reader = watchAfter(1);
        assertThat(reader.next().hasOrder()).as("it knows the newest version").isFalse();
        side.write(shipped);

        assertThat(order(reader.take()).getStatus()).isEqualTo(OrderStatus.SHIPPED);
    }

    @Test
    void a_rejected_order_has_ended_and_its_returned_stock_is_one_more_version() {
        side.happened(
                placed,
                new OrderRejected(
                        id,
                        customer,
                        OrderOrigin.DIRECT,
                        Rejection.ofLines(List.of(new Rejection.Line(product, "insufficient-stock", 1))),
                        List.of(product),
                        DEADLINE));
        var first = watchAfter(0);
        assertThat(order(first).getStatus()).isEqualTo(OrderStatus.REJECTED);
        first.take().awaitEnd();
        side.happened(new OrderStockReturned(id, List.of(new StockMovement(product, 1))));

        var second = watchAfter(1);
        assertThat(order(second).getVersion()).isEqualTo(2);
        second.awaitEnd();

        var third = watchAfter(2);
        third.awaitEnd();
        assertThat(third.unread()).isEmpty();
    }

    @Test
    void a_slow_reader_gets_the_newest_version_and_the_end() {
        side.happened(placed);
        var reader = watch(side.as(customer));
        assertThat(order(reader).getStatus()).isEqualTo(OrderStatus.PLACED);

        side.happened(confirmed);
        side.happened(shipped);
        side.happened(delivered);

        assertThat(order(reader.take()).getStatus()).isEqualTo(OrderStatus.DELIVERED);
        reader.awaitEnd();
        assertThat(reader.unread()).isEmpty();
    }

    @Test
    void those_who_may_read_an_order_may_watch_it_and_others_do_not_learn_of_it() {
        side.happened(placed);

        assertThat(order(watch(side.as(customer))).getId()).isEqualTo(id.value());
        assertThat(order(watch(side.as(seller))).getId()).isEqualTo(id.value());
        assertThat(order(watch(side.asAdmin())).getId()).isEqualTo(id.value());
        assertThat(watch(side.as(CustomerId.mint())).problem()).isEqualTo(Problem.ORDER_NOT_FOUND);
        assertThat(watch(side.anonymous()).problem()).isEqualTo(Problem.UNAUTHENTICATED);
        var nothing = watch(side.as(customer), WatchOrderRequest.newBuilder().setOrderId("no-id"));
        assertThat(nothing.problem()).isEqualTo(Problem.ORDER_NOT_FOUND);
    }

    @Test
    void a_stream_ends_when_its_session_is_revoked() {
        String session = "0197a3c2-0000-7000-8000-00000000000a";
        side.happened(placed);
        var reader = watch(side.as(customer, session));
        var other = watch(side.as(customer));
        order(reader);
        order(other);

        side.revoke(Revocation.newBuilder().setSessionId(session).build());

        assertThat(reader.problem()).isEqualTo(Problem.UNAUTHENTICATED);
        side.write(confirmed);
        assertThat(order(other.take()).getStatus()).isEqualTo(OrderStatus.CONFIRMED);
    }

    @Test
    void a_stream_ends_when_its_token_expires() {
        side.happened(placed);
        var reader = watch(side.as(customer, Duration.ofSeconds(3)));
        order(reader);

        assertThat(reader.problem()).isEqualTo(Problem.UNAUTHENTICATED);
    }

    @Test
    void the_streams_of_one_customer_are_bounded() {
        side.happened(placed);
        int most = side.bean(WatchSettings.class).streamsPerCustomer();
        for (int i = 0; i < most; i++) {
            order(watch(side.as(customer)));
        }

        var oneMore = watch(side.as(customer));

        assertThat(oneMore.problem()).isEqualTo(Problem.TOO_MANY_REQUESTS);
        assertThat(oneMore.refusal().attributes()).containsKey(RateLimiter.RETRY_AFTER);
        order(watch(side.as(seller)));
        opened.getFirst().cancel();
        await().atMost(LONG).until(() -> openStreams() == most);
        order(watch(side.as(customer)));
    }

    @Test
    void a_thousand_idle_streams_have_no_threads_and_look_at_nothing() {
        side.happened(placed);
        order(watch(side.asAdmin()));
        int threads = Thread.getAllStackTraces().size();
        for (int owner = 0; owner < 25; owner++) {
            CustomerId another = CustomerId.mint();
            OrderPlaced order = placed(OrderId.mint(), another, line(product, seller, 1, 100));
            side.happened(order);
            for (int i = 0; i < 40; i++) {
                order(watch(
                        side.as(another),
                        WatchOrderRequest.newBuilder()
                                .setOrderId(order.orderId().value())));
            }
        }
        assertThat(openStreams()).isEqualTo(1_001);

        assertThat(Thread.getAllStackTraces().size() - threads)
                .as("threads of the pools of gRPC and the JVM")
                .isLessThan(50);
        side.write(confirmed);
        assertThat(order(opened.getFirst().take()).getStatus()).isEqualTo(OrderStatus.CONFIRMED);
        assertThat(opened.stream().filter(reader -> !reader.unread().isEmpty())).isEmpty();
    }
}
