package dev.kontor.standalone;

import dev.kontor.standalone.Product.Line;
import dev.kontor.testsupport.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A signed-in customer and their actions. */
public record Customer(String id, String email, Client client) {

    private static final String ORDERS = "/api/v1/orders";

    /** Asks for a wait that is long enough for many clients on a busy machine. */
    private static final String[] PATIENTLY = {"Prefer", "wait=30"};

    /** The same customer at the same shop after a restart. */
    public Customer at(Shop shop) {
        return new Customer(id, email, shop.anonymous().withToken(client.token()));
    }

    public Answer orders(Line... lines) {
        return client.sendJson("POST", ORDERS, Map.of("lines", lines), PATIENTLY);
    }

    public Answer ordersWithoutWaiting(Line... lines) {
        return client.sendJson("POST", ORDERS, Map.of("lines", lines), "Prefer", "respond-async");
    }

    public Answer ordersWithKey(String key, Line... lines) {
        return client.sendJson(
                "POST", ORDERS, Map.of("lines", lines), "Idempotency-Key", key, PATIENTLY[0], PATIENTLY[1]);
    }

    public Answer ordersExpecting(long cents, Line... lines) {
        Map<String, Object> total = Map.of("amount", cents, "currency", "EUR");
        return client.sendJson("POST", ORDERS, Map.of("lines", lines, "expectedTotal", total), PATIENTLY);
    }

    public Answer order(String orderId) {
        return client.get(ORDERS + "/" + orderId);
    }

    public String statusOf(String orderId) {
        return order(orderId).hasStatus(200).at("/status");
    }

    public Answer cancels(String orderId) {
        return client.post(ORDERS + "/" + orderId + "/cancel");
    }

    public Answer ships(String orderId) {
        return client.post(ORDERS + "/" + orderId + "/ship");
    }

    public Answer delivers(String orderId) {
        return client.post(ORDERS + "/" + orderId + "/deliver");
    }

    /** The customer's own orders, newest first. */
    public List<JsonNode> allOrders() {
        List<JsonNode> all = new ArrayList<>();
        String next = "";
        do {
            Answer page = client.get(ORDERS + "?pageSize=100" + next).hasStatus(200);
            all.addAll(page.items());
            next = page.at("/nextPageToken").isEmpty() ? "" : "&pageToken=" + page.at("/nextPageToken");
        } while (!next.isEmpty());
        return all;
    }

    public Answer puts(long quantity, Product product) {
        return client.sendJson("PUT", "/api/v1/cart/items/" + product.id(), Map.of("quantity", quantity));
    }

    /** The content of the cart, as {@code quantity × title}. */
    public List<String> cart() {
        return client.get("/api/v1/cart").hasStatus(200).items().stream()
                .map(item -> item.get("quantity").asLong() + " × "
                        + item.get("title").asString())
                .toList();
    }

    public Answer checksOut() {
        return client.post("/api/v1/cart/checkout", PATIENTLY);
    }

    public Answer checksOutWithoutWaiting() {
        return client.post("/api/v1/cart/checkout", "Prefer", "respond-async");
    }
}
