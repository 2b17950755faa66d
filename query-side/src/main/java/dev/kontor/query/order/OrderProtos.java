package dev.kontor.query.order;

import dev.kontor.api.order.OrderStatus;
import dev.kontor.api.order.Rejection;
import dev.kontor.api.order.RejectionReason;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.order.Order;
import dev.kontor.proto.order.OrderLine;
import dev.kontor.proto.order.RejectedLine;
import dev.kontor.query.Protos;
import java.util.List;

/** Maps orders to messages of the gRPC API. */
final class OrderProtos {

    /** Bytes of a page; clients accept 4 MiB by default. A page of the largest orders has fewer than were asked for. */
    private static final int LARGEST_PAGE = 3_800_000;

    // The bytes at most without titles, a character of which takes three.
    private static final int BYTES_OF_ORDER = 300;
    private static final int BYTES_OF_LINE = 120;
    private static final int BYTES_OF_REJECTED_LINE = 120;
    private static final int BYTES_OF_CHARACTER = 3;

    private OrderProtos() {}

    /** How many of the first orders fit into a page of so many bytes; at least one if there is one. */
    static int fitting(List<OrderDocument> orders, int most) {
        int count = 0;
        long bytes = 0;
        while (count < Math.min(most, orders.size())) {
            bytes += bytes(orders.get(count));
            if (count > 0 && bytes > LARGEST_PAGE) {
                break;
            }
            count++;
        }
        return count;
    }

    private static long bytes(OrderDocument order) {
        long lines = order.lines().stream()
                .mapToLong(line ->
                        BYTES_OF_LINE + (long) BYTES_OF_CHARACTER * line.title().length())
                .sum();
        long rejected =
                order.rejection() == null ? 0 : order.rejection().lines().size();
        return BYTES_OF_ORDER + lines + rejected * BYTES_OF_REJECTED_LINE;
    }

    static Order order(OrderDocument order) {
        Order.Builder proto = Order.newBuilder()
                .setId(order.id())
                .setCustomerId(order.customerId().value())
                .setStatus(dev.kontor.proto.order.OrderStatus.valueOf(
                        order.status().name()))
                .setPlacedAtMillis(order.placedAt())
                .setVersion(order.version());
        if (order.total() != null) {
            proto.setTotal(Protos.money(order.total()));
        }
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

    /** Null if a request names no status. */
    static OrderStatus status(dev.kontor.proto.order.OrderStatus status) {
        return switch (status) {
            case ORDER_STATUS_UNSPECIFIED -> null;
            case PLACED -> OrderStatus.PLACED;
            case CONFIRMED -> OrderStatus.CONFIRMED;
            case REJECTED -> OrderStatus.REJECTED;
            case CANCELLED -> OrderStatus.CANCELLED;
            case SHIPPED -> OrderStatus.SHIPPED;
            case DELIVERED -> OrderStatus.DELIVERED;
            case UNRECOGNIZED -> throw RefusedException.invalid("status", "is not known");
        };
    }

    private static dev.kontor.proto.order.Rejection rejection(Rejection rejection) {
        dev.kontor.proto.order.Rejection.Builder proto =
                dev.kontor.proto.order.Rejection.newBuilder().setReason(reason(rejection.code()));
        rejection
                .lines()
                .forEach(line -> proto.addLines(RejectedLine.newBuilder()
                        .setProductId(line.productId().value())
                        .setReason(reason(line.code()))
                        .setAvailable(line.available())));
        return proto.build();
    }

    private static dev.kontor.proto.order.RejectionReason reason(String code) {
        return RejectionReason.ofCode(code)
                .map(reason -> switch (reason) {
                    case INSUFFICIENT_STOCK -> dev.kontor.proto.order.RejectionReason.INSUFFICIENT_STOCK;
                    case PRODUCT_DELISTED -> dev.kontor.proto.order.RejectionReason.PRODUCT_DELISTED;
                    case PRICE_CHANGED -> dev.kontor.proto.order.RejectionReason.PRICE_CHANGED;
                    case ORDER_EXPIRED -> dev.kontor.proto.order.RejectionReason.ORDER_EXPIRED;
                    case UNKNOWN_PRODUCT -> dev.kontor.proto.order.RejectionReason.UNKNOWN_PRODUCT;
                    case CURRENCY_MISMATCH -> dev.kontor.proto.order.RejectionReason.CURRENCY_MISMATCH;
                })
                .orElse(dev.kontor.proto.order.RejectionReason.REJECTION_REASON_UNSPECIFIED);
    }
}
