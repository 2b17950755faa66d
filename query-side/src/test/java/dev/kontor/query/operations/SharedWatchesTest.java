package dev.kontor.query.operations;

import static dev.kontor.query.Given.confirmed;
import static dev.kontor.query.Given.line;
import static dev.kontor.query.Given.placed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.api.cart.CartEvent.CartItemPut;
import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.order.OrderEvent.OrderPlaced;
import dev.kontor.proto.cart.CartQueriesGrpc;
import dev.kontor.proto.cart.WatchCartRequest;
import dev.kontor.proto.cart.WatchCartResponse;
import dev.kontor.proto.order.OrderQueriesGrpc;
import dev.kontor.proto.order.OrderStatus;
import dev.kontor.proto.order.WatchOrderRequest;
import dev.kontor.proto.order.WatchOrderResponse;
import dev.kontor.query.QuerySides.Member;
import dev.kontor.query.StreamReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Streams of one query side show what another one writes. */
class SharedWatchesTest extends SharedHistory {

    @Test
    void each_of_two_query_sides_shows_all_changes_whichever_of_them_writes_the_documents() {
        sides.publishKey();
        Member one = sides.start();
        Member two = sides.start();
        one.awaitSegments(2);
        two.awaitSegments(2);
        settle(one);
        CustomerId customer = customers.getFirst();
        // As many as each of four segments gets some of, with all probability.
        List<OrderPlaced> orders = new ArrayList<>();
        List<StreamReader<WatchOrderRequest, WatchOrderResponse>> readers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            orders.add(placed(OrderId.mint(), customer, line(products.getFirst(), seller, 1, 100)));
            sides.write(orders.getLast());
            readers.add(watchOrder(
                    i % 2 == 0 ? one : two, customer, orders.getLast().orderId()));
        }

        for (var reader : readers) {
            assertThat(reader.next().getOrder().getStatus()).isEqualTo(OrderStatus.PLACED);
        }
        orders.forEach(order -> sides.write(confirmed(order)));

        for (var reader : readers) {
            assertThat(reader.take().next().getOrder().getStatus()).isEqualTo(OrderStatus.CONFIRMED);
        }
    }

    @Test
    void a_cart_is_shown_in_the_version_of_the_log_though_its_view_is_behind() {
        sides.publishKey();
        Member one = sides.start();
        settle(one);
        for (CustomerId customer : customers) {
            long version = sides.write(new CartItemPut(customer, products.getFirst(), new Quantity(7)));

            StreamReader<WatchCartRequest, WatchCartResponse> reader = new StreamReader<>();
            CartQueriesGrpc.newStub(one.as(customer)).watchCart(WatchCartRequest.getDefaultInstance(), reader);

            long shown = reader.next().getCart().getVersion();
            while (shown < version) {
                shown = reader.take().next().getCart().getVersion();
            }
        }
    }

    private static StreamReader<WatchOrderRequest, WatchOrderResponse> watchOrder(
            Member member, CustomerId customer, OrderId id) {
        StreamReader<WatchOrderRequest, WatchOrderResponse> reader = new StreamReader<>();
        OrderQueriesGrpc.newStub(member.as(customer))
                .watchOrder(
                        WatchOrderRequest.newBuilder().setOrderId(id.value()).build(), reader);
        return reader;
    }
}
