package dev.kontor.query.order;

import dev.kontor.api.catalog.Money;
import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.api.order.OrderEvent.OrderConfirmed;
import dev.kontor.api.order.OrderEvent.OrderPlaced;
import dev.kontor.api.order.OrderLine;
import dev.kontor.api.order.OrderStatus;
import dev.kontor.api.order.OrderView;
import dev.kontor.api.order.Rejection;
import dev.kontor.api.order.StockMovement;
import dev.kontor.query.platform.DocumentType;
import dev.kontor.query.platform.Index;
import dev.kontor.query.platform.View;
import dev.kontor.query.platform.ViewDocument;
import java.time.Instant;
import java.util.List;
import org.bson.codecs.pojo.annotations.BsonId;

/**
 * An order.
 *
 * @param sellers of its lines, each once, in the order of the lines
 * @param total null where the lines are in several currencies, as in orders from before the shop's was fixed
 * @param placedAt in milliseconds
 * @param rejection null where it is not rejected
 * @param reservations the movements of its reserved stock; null until it is confirmed
 * @param returns the movements of its released stock; null until all of it is released
 */
public record OrderDocument(
        @BsonId String id,
        String customerId,
        List<String> sellers,
        OrderStatus status,
        List<Line> lines,
        Money total,
        long placedAt,
        Rejected rejection,
        List<Movement> reservations,
        List<Movement> returns,
        long version)
        implements ViewDocument {

    static final Index BY_TIME = Index.of("by_time", "placedAt");
    static final Index BY_STATUS = Index.of("by_status", "status", "placedAt");
    static final Index BY_CUSTOMER = Index.of("by_customer", "customerId", "placedAt");
    static final Index BY_SELLER = Index.of("by_seller", "sellers", "placedAt");

    static final String VIEW_NAME = "orders";
    static final DocumentType<OrderDocument> ORDERS =
            DocumentType.of(VIEW_NAME, OrderDocument.class, BY_TIME, BY_STATUS, BY_CUSTOMER, BY_SELLER);
    public static final View VIEW = View.of(VIEW_NAME, 4, ORDERS).insteadOf("order_lists");

    /** A line of an order. */
    public record Line(String productId, String title, Money unitPrice, long quantity, String sellerId) {

        private static Line of(OrderLine line) {
            return new Line(
                    line.productId().value(),
                    line.title(),
                    line.unitPrice(),
                    line.quantity().value(),
                    line.sellerId().value());
        }

        private OrderLine view() {
            return new OrderLine(
                    new ProductId(productId), new Quantity(quantity), new CustomerId(sellerId), title, unitPrice);
        }
    }

    /** Why it was rejected. */
    public record Rejected(String code, List<RejectedLine> lines) {

        private static Rejected of(Rejection rejection) {
            return new Rejected(
                    rejection.code(),
                    rejection.lines().stream()
                            .map(line -> new RejectedLine(line.productId().value(), line.code(), line.available()))
                            .toList());
        }

        private Rejection view() {
            return new Rejection(
                    code,
                    lines.stream()
                            .map(line ->
                                    new Rejection.Line(new ProductId(line.productId()), line.code(), line.available()))
                            .toList());
        }
    }

    /** A line that was refused. */
    public record RejectedLine(String productId, String code, long available) {}

    /** The version of a product that first shows a movement of its stock. */
    public record Movement(String productId, long productVersion) {}

    static OrderDocument of(OrderPlaced event, Instant at, long version) {
        return new OrderDocument(
                event.orderId().value(),
                event.customerId().value(),
                sellers(event.lines()),
                OrderStatus.PLACED,
                lines(event.lines()),
                OrderLine.currencies(event.lines()).size() == 1 ? OrderLine.total(event.lines()) : null,
                at.toEpochMilli(),
                null,
                null,
                null,
                version);
    }

    private static List<String> sellers(List<OrderLine> lines) {
        return lines.stream().map(line -> line.sellerId().value()).distinct().toList();
    }

    private static List<Line> lines(List<OrderLine> lines) {
        return lines.stream().map(Line::of).toList();
    }

    private static List<Movement> movements(List<StockMovement> movements) {
        return movements.stream()
                .map(movement -> new Movement(movement.productId().value(), movement.productVersion()))
                .toList();
    }

    OrderDocument confirmed(OrderConfirmed event, long at) {
        return new OrderDocument(
                id,
                customerId,
                sellers(event.lines()),
                OrderStatus.CONFIRMED,
                lines(event.lines()),
                event.total(),
                placedAt,
                rejection,
                movements(event.reservations()),
                returns,
                at);
    }

    OrderDocument rejected(Rejection why, long at) {
        return changed(OrderStatus.REJECTED, Rejected.of(why), returns, at);
    }

    OrderDocument status(OrderStatus other, long at) {
        return changed(other, rejection, returns, at);
    }

    OrderDocument returned(List<StockMovement> movements, long at) {
        return changed(status, rejection, movements(movements), at);
    }

    private OrderDocument changed(OrderStatus now, Rejected why, List<Movement> back, long at) {
        return new OrderDocument(id, customerId, sellers, now, lines, total, placedAt, why, reservations, back, at);
    }

    /** Whether this customer placed it or sells one of its lines. */
    boolean concerns(CustomerId viewer) {
        return customerId.equals(viewer.value()) || sellers.contains(viewer.value());
    }

    /** The stock movements of a decided order; null where it is not decided, or not all of the stock has moved. */
    List<StockMovement> moved() {
        List<Movement> movements = switch (status) {
            case PLACED -> null;
            case CONFIRMED, SHIPPED, DELIVERED -> reservations;
            case REJECTED, CANCELLED -> returns;
        };
        return movements == null
                ? null
                : movements.stream()
                        .map(movement ->
                                new StockMovement(new ProductId(movement.productId()), movement.productVersion()))
                        .toList();
    }

    OrderView view() {
        return new OrderView(
                new OrderId(id),
                new CustomerId(customerId),
                status,
                lines.stream().map(Line::view).toList(),
                total,
                Instant.ofEpochMilli(placedAt),
                rejection == null ? null : rejection.view(),
                version);
    }
}
