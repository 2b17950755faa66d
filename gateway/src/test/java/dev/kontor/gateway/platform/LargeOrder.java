package dev.kontor.gateway.platform;

import dev.kontor.proto.Money;
import dev.kontor.proto.order.Order;
import dev.kontor.proto.order.OrderLine;
import dev.kontor.proto.order.OrderStatus;
import dev.kontor.proto.order.WatchOrderResponse;
import java.util.Collections;

/** An order with as many lines as one can have, whose titles have characters of three bytes. */
final class LargeOrder {

    private static final int LINES = 100;
    private static final Money PRICE = Money.newBuilder().setCurrency("EUR").build();

    private LargeOrder() {}

    static WatchOrderResponse inVersion(long version) {
        OrderLine line = OrderLine.newBuilder()
                .setProductId("00000000-0000-0000-0000-000000000000")
                .setTitle("\u6F22".repeat(200))
                .setUnitPrice(PRICE)
                .setLineTotal(PRICE)
                .build();
        return WatchOrderResponse.newBuilder()
                .setOrder(Order.newBuilder()
                        .setId("order-1")
                        .setCustomerId("customer-1")
                        .setStatus(OrderStatus.PLACED)
                        .setVersion(version)
                        .addAllLines(Collections.nCopies(LINES, line)))
                .build();
    }
}
