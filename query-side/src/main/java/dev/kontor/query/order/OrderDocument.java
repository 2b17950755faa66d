package dev.kontor.query.order;

import dev.kontor.api.catalog.Money;
import dev.kontor.api.catalog.ProductId;
import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.customer.CustomerId;
import dev.kontor.api.order.OrderId;
import dev.kontor.api.order.OrderLine;
import dev.kontor.api.order.OrderStatus;
import dev.kontor.api.order.OrderView;
import dev.kontor.api.order.Rejection;
import dev.kontor.api.order.StockMovement;
import java.time.Instant;
import java.util.List;
import org.bson.Document;

/** The shape of an order's document. */
final class OrderDocument {

    static final String CUSTOMER_ID = "customerId";
    static final String STATUS = "status";
    static final String LINES = "lines";
    static final String TOTAL = "total";
    static final String PLACED_AT = "placedAt";
    static final String REJECTION = "rejection";
    /** Where the order took its stock; set when it is confirmed. */
    static final String RESERVATIONS = "reservations";
    /** Where the order gave its stock back; set when all of it is back. */
    static final String RETURNS = "returns";

    static final String VERSION = "version";

    private OrderDocument() {}

    static OrderView read(Document document) {
        return new OrderView(
                new OrderId(document.getString("_id")),
                new CustomerId(document.getString(CUSTOMER_ID)),
                status(document),
                document.getList(LINES, Document.class).stream()
                        .map(OrderDocument::line)
                        .toList(),
                money(document.get(TOTAL, Document.class)),
                Instant.ofEpochMilli(document.getLong(PLACED_AT)),
                rejection(document.get(REJECTION, Document.class)),
                document.getLong(VERSION));
    }

    static OrderStatus status(Document document) {
        return OrderStatus.valueOf(document.getString(STATUS));
    }

    /** Whether this customer placed it or sells one of its lines. */
    static boolean concerns(Document document, CustomerId viewer) {
        return document.getString(CUSTOMER_ID).equals(viewer.value())
                || document.getList(LINES, Document.class).stream()
                        .anyMatch(line -> line.getString("sellerId").equals(viewer.value()));
    }

    /** The movements under this name, null where they are not known yet. */
    static List<StockMovement> movements(Document document, String name) {
        List<Document> movements = document.getList(name, Document.class);
        return movements == null
                ? null
                : movements.stream()
                        .map(movement -> new StockMovement(
                                new ProductId(movement.getString("productId")), movement.getLong("productVersion")))
                        .toList();
    }

    static List<Document> lines(List<OrderLine> lines) {
        return lines.stream()
                .map(line -> new Document("productId", line.productId().value())
                        .append("title", line.title())
                        .append("unitPrice", money(line.unitPrice()))
                        .append("quantity", line.quantity().value())
                        .append("sellerId", line.sellerId().value()))
                .toList();
    }

    static Document money(Money money) {
        return new Document("amount", money.amount()).append("currency", money.currency());
    }

    static Document rejection(Rejection rejection) {
        return new Document("code", rejection.code())
                .append(
                        "lines",
                        rejection.lines().stream()
                                .map(line -> new Document(
                                                "productId", line.productId().value())
                                        .append("code", line.code())
                                        .append("available", line.available()))
                                .toList());
    }

    static List<Document> movements(List<StockMovement> movements) {
        return movements.stream()
                .map(movement -> new Document("productId", movement.productId().value())
                        .append("productVersion", movement.productVersion()))
                .toList();
    }

    private static OrderLine line(Document line) {
        return new OrderLine(
                new ProductId(line.getString("productId")),
                new Quantity(line.getLong("quantity")),
                new CustomerId(line.getString("sellerId")),
                line.getString("title"),
                money(line.get("unitPrice", Document.class)));
    }

    private static Money money(Document money) {
        return money == null ? null : new Money(money.getLong("amount"), money.getString("currency"));
    }

    private static Rejection rejection(Document rejection) {
        return rejection == null
                ? null
                : new Rejection(
                        rejection.getString("code"),
                        rejection.getList("lines", Document.class).stream()
                                .map(line -> new Rejection.Line(
                                        new ProductId(line.getString("productId")),
                                        line.getString("code"),
                                        line.getLong("available")))
                                .toList());
    }
}
