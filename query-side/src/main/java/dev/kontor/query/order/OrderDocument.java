package dev.kontor.query.order;

import dev.kontor.api.catalog.Money;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.order.OrderEvent.OrderConfirmed;
import dev.kontor.api.order.OrderEvent.OrderPlaced;
import dev.kontor.api.order.OrderLine;
import dev.kontor.api.order.OrderStatus;
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
 * @param lines at the quoted prices until the order is confirmed, then at the final ones
 * @param total null if the lines are in several currencies, as in orders from before the shop's was fixed
 * @param placedAt in milliseconds
 * @param rejection null if it is not rejected
 * @param reservations the movements of its reserved stock; null until it is confirmed
 * @param returns the movements of its released stock; null until all of it is released
 */
public record OrderDocument(
        @BsonId String id,
        CustomerId customerId,
        List<CustomerId> sellers,
        OrderStatus status,
        List<OrderLine> lines,
        Money total,
        long placedAt,
        Rejection rejection,
        List<StockMovement> reservations,
        List<StockMovement> returns,
        long version)
        implements ViewDocument {

    static final Index BY_TIME = Index.of("by_time", "placedAt");
    static final Index BY_STATUS = Index.of("by_status", "status", "placedAt");
    static final Index BY_CUSTOMER = Index.of("by_customer", "customerId", "placedAt");
    static final Index BY_SELLER = Index.of("by_seller", "sellers", "placedAt");

    static final String VIEW_NAME = "orders";
    static final DocumentType<OrderDocument> ORDERS =
            DocumentType.of(VIEW_NAME, OrderDocument.class, BY_TIME, BY_STATUS, BY_CUSTOMER, BY_SELLER);
    public static final View VIEW = View.of(VIEW_NAME, 5, ORDERS).insteadOf("order_lists");

    static OrderDocument of(OrderPlaced event, Instant at, long version) {
        return new OrderDocument(
                event.orderId().value(),
                event.customerId(),
                sellers(event.lines()),
                OrderStatus.PLACED,
                event.lines(),
                OrderLine.currencies(event.lines()).size() == 1 ? OrderLine.total(event.lines()) : null,
                at.toEpochMilli(),
                null,
                null,
                null,
                version);
    }

    private static List<CustomerId> sellers(List<OrderLine> lines) {
        return lines.stream().map(OrderLine::sellerId).distinct().toList();
    }

    OrderDocument confirmed(OrderConfirmed event, long at) {
        return new OrderDocument(
                id,
                customerId,
                sellers(event.lines()),
                OrderStatus.CONFIRMED,
                event.lines(),
                event.total(),
                placedAt,
                rejection,
                event.reservations(),
                returns,
                at);
    }

    OrderDocument rejected(Rejection why, long at) {
        return changed(OrderStatus.REJECTED, why, returns, at);
    }

    OrderDocument status(OrderStatus other, long at) {
        return changed(other, rejection, returns, at);
    }

    OrderDocument returned(List<StockMovement> movements, long at) {
        return changed(status, rejection, movements, at);
    }

    private OrderDocument changed(OrderStatus now, Rejection why, List<StockMovement> back, long at) {
        return new OrderDocument(id, customerId, sellers, now, lines, total, placedAt, why, reservations, back, at);
    }

    /** Whether this customer placed it or sells one of its lines. */
    boolean concerns(CustomerId viewer) {
        return customerId.equals(viewer) || sellers.contains(viewer);
    }

    /** Whether its status does not change any more. */
    boolean hasEnded() {
        return switch (status) {
            case PLACED, CONFIRMED, SHIPPED -> false;
            case REJECTED, CANCELLED, DELIVERED -> true;
        };
    }

    /** The stock movements of a decided order; null if it is not decided, or not all of the stock has moved. */
    List<StockMovement> moved() {
        return switch (status) {
            case PLACED -> null;
            case CONFIRMED, SHIPPED, DELIVERED -> reservations;
            case REJECTED, CANCELLED -> returns;
        };
    }
}
