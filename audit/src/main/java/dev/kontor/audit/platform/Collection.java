package dev.kontor.audit.platform;

import dev.kontor.audit.AuditProjection;
import dev.kontor.audit.Event;
import dev.kontor.audit.cart.CartAuditProjection;
import dev.kontor.audit.catalog.ProductAuditProjection;
import dev.kontor.audit.catalog.SearchAuditProjection;
import dev.kontor.audit.customer.CustomerAuditProjection;
import dev.kontor.audit.identity.CredentialsAuditProjection;
import dev.kontor.audit.identity.SessionAuditProjection;
import dev.kontor.audit.order.OrderAuditProjection;
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
            ProductAuditProjection::new,
            List.of(
                    "description",
                    "titleKey",
                    "categoryKey",
                    "price",
                    "stock",
                    "sellerId",
                    "listed",
                    "listedAt",
                    "offerVersion",
                    "stockVersion")),
    /** The search index, which each process keeps for itself. */
    PRODUCT_SEARCH(
            "product-search",
            "product-search",
            SearchAuditProjection::shows,
            Event::aggregateId,
            SearchAuditProjection::new,
            List.of("description", "price", "sellerId", "listed", "listedAt")),
    CARTS(
            "carts",
            "carts",
            event -> event.isOf("cart"),
            event -> event.payload().text("customerId"),
            CartAuditProjection::new,
            List.of("items", "checkout")),
    ORDERS(
            "orders",
            "orders",
            event -> event.isOf("order"),
            Event::aggregateId,
            OrderAuditProjection::new,
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
            CustomerAuditProjection::new,
            List.of("email", "name", "role", "status", "registeredAt", "profileVersion", "standingVersion")),
    SESSIONS(
            "sessions",
            "sessions",
            event -> event.type().startsWith("identity.Session"),
            Event::aggregateId,
            SessionAuditProjection::new,
            List.of("customerId", "proof", "openedAt", "usedAt", "expiresAt", "device", "open")),
    PROOFS(
            "proofs",
            "sessions",
            CredentialsAuditProjection::shows,
            event -> event.payload().text("customerId"),
            CredentialsAuditProjection::new,
            List.of("proof", "closed"));

    private final String collectionName;
    private final String viewName;
    private final Predicate<Event> shown;
    private final Function<Event, String> documentId;
    private final Supplier<AuditProjection> shape;
    private final List<String> fields;

    Collection(
            String collectionName,
            String viewName,
            Predicate<Event> shown,
            Function<Event, String> documentId,
            Supplier<AuditProjection> shape,
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

    /** Whether it may be out of reach, or read from the log again at any time, without a fault. */
    static boolean mayBeMissing(String view) {
        return view.equals(PRODUCT_SEARCH.viewName);
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

    AuditProjection newShape() {
        return shape.get();
    }

    /** The fields that a shape may set. */
    List<String> fields() {
        return fields;
    }
}
