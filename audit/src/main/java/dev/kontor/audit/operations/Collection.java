package dev.kontor.audit.operations;

import dev.kontor.audit.Event;
import dev.kontor.audit.Shape;
import dev.kontor.audit.cart.CartShape;
import dev.kontor.audit.catalog.ProductShape;
import dev.kontor.audit.customer.CustomerShape;
import dev.kontor.audit.identity.ProofShape;
import dev.kontor.audit.identity.SessionShape;
import dev.kontor.audit.order.OrderShape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The collections whose documents each show one aggregate. The first one of a view has its name. */
enum Collection {
    CATALOG(
            "catalog",
            "catalog",
            event -> event.isOf("catalog") && !event.type().equals("catalog.CurrencyFixed"),
            Event::aggregateId,
            ProductShape::new,
            List.of(
                    "title",
                    "titleKey",
                    "description",
                    "category",
                    "categoryKey",
                    "searchText",
                    "amount",
                    "currency",
                    "available",
                    "reserved",
                    "sellerId",
                    "listed",
                    "listedAt")),
    CARTS(
            "carts",
            "carts",
            event -> event.isOf("cart"),
            event -> event.payload().text("customerId"),
            CartShape::new,
            List.of("items", "checkout")),
    ORDERS(
            "orders",
            "orders",
            event -> event.isOf("order"),
            Event::aggregateId,
            OrderShape::new,
            List.of(
                    "customerId",
                    "sellers",
                    "status",
                    "lines",
                    "total",
                    "placedAt",
                    "rejection",
                    "reservations",
                    "returns")),
    CUSTOMERS(
            "customers",
            "customers",
            event -> event.isOf("customer"),
            Event::aggregateId,
            CustomerShape::new,
            List.of("email", "name", "role", "status", "registeredAt")),
    SESSIONS(
            "sessions",
            "sessions",
            event -> event.type().startsWith("identity.Session"),
            Event::aggregateId,
            SessionShape::new,
            List.of("customerId", "proof", "openedAt", "usedAt", "expiresAt", "device", "open")),
    PROOFS(
            "proofs",
            "sessions",
            ProofShape::shows,
            event -> event.payload().text("customerId"),
            ProofShape::new,
            List.of("proof", "closed"));

    private final String collectionName;
    private final String viewName;
    private final Predicate<Event> shown;
    private final Function<Event, String> documentId;
    private final Supplier<Shape> shape;
    private final List<String> fields;

    Collection(
            String collectionName,
            String viewName,
            Predicate<Event> shown,
            Function<Event, String> documentId,
            Supplier<Shape> shape,
            List<String> fields) {
        this.collectionName = collectionName;
        this.viewName = viewName;
        this.shown = shown;
        this.documentId = documentId;
        this.shape = shape;
        this.fields = fields;
    }

    /** The collections of each view, by its name. */
    static Map<String, List<Collection>> byView() {
        return Arrays.stream(values())
                .collect(Collectors.groupingBy(
                        collection -> collection.viewName, LinkedHashMap::new, Collectors.toList()));
    }

    String collectionName() {
        return collectionName;
    }

    /** Whether an event changes a document here, if only its version. */
    boolean shows(Event event) {
        return shown.test(event);
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
