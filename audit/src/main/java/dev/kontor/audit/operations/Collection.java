package dev.kontor.audit.operations;

import dev.kontor.audit.Event;
import dev.kontor.audit.Shape;
import dev.kontor.audit.cart.CartShape;
import dev.kontor.audit.catalog.ProductShape;
import dev.kontor.audit.customer.CustomerShape;
import dev.kontor.audit.order.OrderShape;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** The collections whose documents each show one aggregate. Each has the name of its view. */
enum Collection {
    CATALOG(
            "catalog",
            "catalog",
            Event::aggregateId,
            ProductShape::new,
            List.of(
                    "title",
                    "titleKey",
                    "description",
                    "category",
                    "amount",
                    "currency",
                    "available",
                    "reserved",
                    "sellerId",
                    "listed",
                    "listedAt")),
    CARTS("carts", "cart", event -> event.payload().text("customerId"), CartShape::new, List.of("items", "checkout")),
    ORDERS(
            "orders",
            "order",
            Event::aggregateId,
            OrderShape::new,
            List.of("customerId", "status", "lines", "total", "placedAt", "rejection", "reservations", "returns")),
    CUSTOMERS(
            "customers",
            "customer",
            Event::aggregateId,
            CustomerShape::new,
            List.of("email", "name", "role", "status", "registeredAt"));

    /** The second collection of the view {@code orders}. */
    static final String LISTS = "order_lists";

    private final String viewName;
    private final String room;
    private final Function<Event, String> documentId;
    private final Supplier<Shape> shape;
    private final List<String> fields;

    Collection(
            String viewName,
            String room,
            Function<Event, String> documentId,
            Supplier<Shape> shape,
            List<String> fields) {
        this.viewName = viewName;
        this.room = room;
        this.documentId = documentId;
        this.shape = shape;
        this.fields = fields;
    }

    String viewName() {
        return viewName;
    }

    /** Whether an event changes a document here: every event of the room does. */
    boolean shows(Event event) {
        return event.isOf(room);
    }

    String documentOf(Event event) {
        return documentId.apply(event);
    }

    Shape newShape() {
        return shape.get();
    }

    /** The fields that a shape may set. */
    List<String> fields() {
        return fields;
    }
}
