package dev.kontor.audit.platform;

import static dev.kontor.audit.platform.ShopAccounts.DESKTOP;
import static dev.kontor.audit.platform.ShopAccounts.LATER;
import static dev.kontor.audit.platform.ShopAccounts.NEXT_MONTH;
import static dev.kontor.audit.platform.ShopAccounts.PHONE;
import static dev.kontor.audit.platform.ShopAccounts.TABLET;
import static dev.kontor.audit.platform.ShopEvents.ANNA;
import static dev.kontor.audit.platform.ShopEvents.BERT;
import static dev.kontor.audit.platform.ShopEvents.DESK;
import static dev.kontor.audit.platform.ShopEvents.FIFTH;
import static dev.kontor.audit.platform.ShopEvents.FIRST;
import static dev.kontor.audit.platform.ShopEvents.FOURTH;
import static dev.kontor.audit.platform.ShopEvents.LAMP;
import static dev.kontor.audit.platform.ShopEvents.SECOND;
import static dev.kontor.audit.platform.ShopEvents.THIRD;

import dev.kontor.audit.ViewSource;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/** The views at the end of {@link ShopEvents}, written by hand. */
final class ShopViews implements ViewSource {

    private final Map<String, Map<String, Map<String, Object>>> collections = new LinkedHashMap<>();
    private final Map<String, Long> positions = new HashMap<>();

    ShopViews() {
        long head = ShopEvents.tell().head();
        for (String view : List.of("catalog", "carts", "orders", "customers", "sessions")) {
            positions.put(view, head);
        }
        put("catalog", product(LAMP, "Läßt Lamp", "lässt lamp", "", "light", 100, 16, 3, true, 14));
        put("catalog", product(DESK, "Desk", "desk", "Big", "wood", 300, 5, 0, false, 9));
        document("catalog", LAMP).putAll(Map.of("offerVersion", 0L, "stockVersion", 14L));
        document("catalog", DESK).putAll(Map.of("offerVersion", 8L, "stockVersion", 4L));
        put("carts", with(document(ANNA, 9), "items", Map.of()));
        put("customers", customer(ANNA, "ADMIN", "ACTIVE", 2));
        document("customers", ANNA).putAll(Map.of("email", "sealed-0a", "name", "sealed-other"));
        document("customers", ANNA).putAll(Map.of("profileVersion", 1L, "standingVersion", 2L));
        put("customers", customer(BERT, "ADMIN", "ERASED", 4));
        document("customers", BERT).putAll(Map.of("profileVersion", 4L, "standingVersion", 4L));
        orders();
        sessions();
    }

    private void sessions() {
        put("sessions", session(DESKTOP, 1, LATER, 1));
        document("sessions", DESKTOP).put("usedAt", momentOf("SessionRefreshed", DESKTOP));
        put("sessions", session(PHONE, 1, NEXT_MONTH, 1));
        document("sessions", PHONE).remove("device");
        document("sessions", PHONE).put("open", false);
        put("sessions", session(TABLET, 2, NEXT_MONTH, 0));
        put("proofs", with(document(ANNA, 5), "proof", 2L));
        put("proofs", with(with(document(BERT, 6), "proof", 3L), "closed", true));
    }

    private void orders() {
        put("orders", order(FIRST, "CONFIRMED", List.of(line(LAMP, 3)), 300, 1));
        document("orders", FIRST).put("reservations", List.of(at(LAMP, 1)));
        put("orders", order(SECOND, "REJECTED", List.of(line(LAMP, 1), line(DESK, 9)), 2_800, 2));
        document("orders", SECOND)
                .put(
                        "rejection",
                        Map.of(
                                "code",
                                "insufficient-stock",
                                "lines",
                                List.of(Map.of("productId", DESK, "code", "insufficient-stock", "available", 7L))));
        document("orders", SECOND).put("returns", List.of(at(LAMP, 3), at(DESK, 5)));
        put("orders", order(THIRD, "CANCELLED", List.of(line(LAMP, 2)), 200, 3));
        document("orders", THIRD).put("reservations", List.of(at(LAMP, 4)));
        document("orders", THIRD).put("returns", List.of(at(LAMP, 5)));
        put("orders", order(FOURTH, "DELIVERED", List.of(line(DESK, 2)), 600, 3));
        document("orders", FOURTH).put("reservations", List.of(at(DESK, 6)));
        put("orders", order(FIFTH, "REJECTED", List.of(line(DESK, 2)), 600, 2));
        document("orders", FIFTH).put("rejection", Map.of("code", "order-expired", "lines", List.of()));
        document("orders", FIFTH).put("returns", List.of(at(DESK, 9)));
    }

    void put(String collection, Map<String, Object> document) {
        collections
                .computeIfAbsent(collection, name -> new LinkedHashMap<>())
                .put(String.valueOf(document.get("_id")), document);
    }

    Map<String, Object> document(String collection, String id) {
        return collections.get(collection).get(id);
    }

    void remove(String collection, String id) {
        collections.get(collection).remove(id);
    }

    void position(String view, long position) {
        positions.put(view, position);
    }

    /** As after an operator has dropped it. */
    void forget(String view) {
        collections.remove(view);
        positions.remove(view);
    }

    /** As before the first start. */
    ShopViews unbuilt() {
        collections.clear();
        positions.clear();
        return this;
    }

    private static Map<String, Object> document(String id, long version) {
        return new HashMap<>(Map.of("_id", id, "version", version));
    }

    private static Map<String, Object> with(Map<String, Object> document, String field, Object value) {
        document.put(field, value);
        return document;
    }

    private static Map<String, Object> product(
            String id,
            String title,
            String key,
            String text,
            String category,
            long amount,
            long available,
            long reserved,
            boolean listed,
            long version) {
        Map<String, Object> product = document(id, version);
        product.put("description", Map.of("title", title, "text", text, "category", category));
        product.putAll(Map.of("titleKey", key, "categoryKey", category));
        product.put("price", money(amount));
        product.put("stock", Map.of("available", available, "reserved", reserved));
        product.putAll(Map.of("sellerId", BERT, "listed", listed, "listedAt", momentOf("ProductListed", id)));
        return product;
    }

    private static Map<String, Object> customer(String id, String role, String status, long version) {
        return with(
                with(with(document(id, version), "role", role), "status", status),
                "registeredAt",
                momentOf("CustomerRegistered", id));
    }

    /** As it was opened, except for version and end. */
    private static Map<String, Object> session(String id, long proof, String expiresAt, long version) {
        long opened = momentOf("SessionOpened", id);
        Map<String, Object> session = document(id, version);
        session.putAll(Map.of("customerId", ANNA, "proof", proof, "openedAt", opened, "usedAt", opened));
        session.put("expiresAt", Instant.parse(expiresAt).toEpochMilli());
        session.putAll(Map.of("device", "sealed-" + id.substring(34), "open", true));
        return session;
    }

    private static Map<String, Object> order(
            String id, String status, List<Map<String, Object>> lines, long total, long version) {
        Map<String, Object> order = document(id, version);
        order.putAll(Map.of("customerId", ANNA, "status", status, "lines", lines, "total", money(total)));
        order.put("sellers", List.of(BERT));
        order.put("placedAt", momentOf("OrderPlaced", id));
        return order;
    }

    /** Of the first event of this type about this subject. */
    private static long momentOf(String type, String id) {
        EventHistory story = ShopEvents.tell();
        return story.momentOf(story.find(type, id));
    }

    private static Map<String, Object> line(String product, long quantity) {
        boolean lamp = product.equals(LAMP);
        return Map.of(
                "productId", product,
                "title", lamp ? "Läßt Lamp" : "Desk",
                "unitPrice", money(lamp ? 100 : 300),
                "quantity", quantity,
                "sellerId", BERT);
    }

    private static Map<String, Object> money(long amount) {
        return Map.of("amount", amount, "currency", "EUR");
    }

    private static Map<String, Object> at(String product, long version) {
        return Map.of("productId", product, "productVersion", version);
    }

    @Override
    public Set<String> collections() {
        return collections.keySet();
    }

    @Override
    public void forEach(String collection, Consumer<Map<String, Object>> reader) {
        collections.get(collection).values().forEach(reader);
    }

    @Override
    public OptionalLong position(String view) {
        Long position = positions.get(view);
        return position == null ? OptionalLong.empty() : OptionalLong.of(position);
    }
}
