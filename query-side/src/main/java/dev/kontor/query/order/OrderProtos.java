package dev.kontor.query.order;

import dev.kontor.api.order.OrderStatus;
import dev.kontor.api.order.OrderView;
import dev.kontor.api.order.Rejection;
import dev.kontor.proto.order.Order;
import dev.kontor.proto.order.OrderLine;
import dev.kontor.proto.order.RejectedLine;
import dev.kontor.query.Protos;
import dev.kontor.wire.operations.Refused;

/** Orders as the contract has them. */
final class OrderProtos {

    private OrderProtos() {}

    static Order order(OrderView order) {
        Order.Builder proto = Order.newBuilder()
                .setId(order.id().value())
                .setCustomerId(order.customerId().value())
                .setStatus(dev.kontor.proto.order.OrderStatus.valueOf(
                        order.status().name()))
                .setTotal(Protos.money(order.total()))
                .setPlacedAtMillis(order.placedAt().toEpochMilli())
                .setVersion(order.version());
        order.lines()
                .forEach(line -> proto.addLines(OrderLine.newBuilder()
                        .setProductId(line.productId().value())
                        .setTitle(line.title())
                        .setUnitPrice(Protos.money(line.unitPrice()))
                        .setQuantity(line.quantity().value())
                        .setLineTotal(Protos.money(line.total()))));
        if (order.rejection() != null) {
            proto.setRejection(rejection(order.rejection()));
        }
        return proto.build();
    }

    /** Null where a request names no status. */
    static OrderStatus status(dev.kontor.proto.order.OrderStatus status) {
        return switch (status) {
            case ORDER_STATUS_UNSPECIFIED -> null;
            case PLACED -> OrderStatus.PLACED;
            case CONFIRMED -> OrderStatus.CONFIRMED;
            case REJECTED -> OrderStatus.REJECTED;
            case CANCELLED -> OrderStatus.CANCELLED;
            case SHIPPED -> OrderStatus.SHIPPED;
            case DELIVERED -> OrderStatus.DELIVERED;
            case UNRECOGNIZED -> throw Refused.invalid("status", "is not known");
        };
    }

    private static dev.kontor.proto.order.Rejection rejection(Rejection rejection) {
        dev.kontor.proto.order.Rejection.Builder proto =
                dev.kontor.proto.order.Rejection.newBuilder().setCode(rejection.code());
        rejection
                .lines()
                .forEach(line -> proto.addLines(RejectedLine.newBuilder()
                        .setProductId(line.productId().value())
                        .setCode(line.code())
                        .setAvailable(line.available())));
        return proto.build();
    }
}
