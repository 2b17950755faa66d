package dev.kontor.standalone.platform;

import dev.kontor.standalone.Client;
import dev.kontor.standalone.Customer;
import dev.kontor.standalone.Product;
import dev.kontor.standalone.Shop;
import dev.kontor.testsupport.Answer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/**
 * An operation that changes a resource.
 *
 * @param resource its path
 * @param asAdmin whether an admin calls it, otherwise the owner
 * @param makesStale another change that is sent first; null if a second call of the operation itself is refused
 */
record ResourceChange(String method, String path, Object body, String resource, boolean asAdmin, Object makesStale) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String PRODUCT = "/api/v1/catalog/products/{productId}";
    private static final String CART = "/api/v1/cart";
    private static final String ORDER = "/api/v1/orders/{orderId}";
    private static final String ME = "/api/v1/customers/me";
    private static final String CUSTOMER = "/api/v1/customers/{id}";
    private static final Map<String, Integer> TWO = Map.of("quantity", 2);

    static final List<ResourceChange> ALL = List.of(
            byOwner("PATCH", PRODUCT, Map.of("description", "Another one."), PRODUCT),
            byOwner("POST", PRODUCT + "/stock", Map.of("change", 1), PRODUCT),
            byOwner("DELETE", PRODUCT, null, PRODUCT),
            byOwner("PUT", CART + "/items/{productId}", TWO, CART),
            byOwner("DELETE", CART + "/items/{productId}", null, CART),
            byOwner("DELETE", CART, null, CART),
            byOwner("POST", CART + "/checkout", null, CART),
            byOwner(
                    "POST",
                    CART + "/merge",
                    Map.of("lines", List.of(Map.of("productId", "{productId}", "quantity", 1))),
                    CART),
            byAdmin("PUT", CUSTOMER + "/cart/items/{productId}", TWO, CUSTOMER + "/cart"),
            byAdmin("DELETE", CUSTOMER + "/cart/items/{productId}", null, CUSTOMER + "/cart"),
            byAdmin("DELETE", CUSTOMER + "/cart", null, CUSTOMER + "/cart"),
            byAdmin("POST", CUSTOMER + "/cart/checkout", null, CUSTOMER + "/cart"),
            byOwner("POST", ORDER + "/cancel", null, ORDER),
            byAdmin("POST", ORDER + "/ship", null, ORDER),
            byAdmin("POST", ORDER + "/deliver", null, ORDER),
            byOwner("PATCH", ME, Map.of("name", "Another Name"), ME),
            new ResourceChange("DELETE", ME, null, ME, false, Map.of("name", "Another Name")),
            byAdmin("PATCH", CUSTOMER, Map.of("name", "Another Name"), CUSTOMER),
            byAdmin("PUT", CUSTOMER + "/role", Map.of("role", "ADMIN"), CUSTOMER),
            new ResourceChange("DELETE", CUSTOMER, null, CUSTOMER, true, Map.of("name", "Another Name")));

    /** They make something new, or change what no read shows as one resource: they refuse the header. */
    static final Set<String> WITHOUT_A_RESOURCE = Set.of(
            "POST /api/v1/auth/signup",
            "POST /api/v1/auth/signin",
            "POST /api/v1/auth/refresh",
            "POST /api/v1/auth/signout",
            "POST /api/v1/customers/me/password",
            "DELETE /api/v1/customers/me/sessions",
            "DELETE /api/v1/customers/me/sessions/{}",
            "DELETE /api/v1/customers/{}/sessions",
            "DELETE /api/v1/customers/{}/sessions/{}",
            "POST /api/v1/customers/{}/unlock",
            "POST /api/v1/catalog/products",
            "POST /api/v1/catalog/quote",
            "POST /api/v1/orders",
            "POST /api/v1/admin/views/{}/rebuild",
            "PATCH /api/v1/admin/views/{}",
            "DELETE /api/v1/admin/views/{}/generations/{}",
            "POST /api/v1/admin/dead-letters/{}/retry",
            "DELETE /api/v1/admin/dead-letters/{}/{}",
            "PATCH /api/v1/admin/processors/{}",
            "POST /api/v1/admin/checkpoints",
            "POST /api/v1/admin/events/unmask",
            "POST /api/v1/admin/signing-keys",
            "DELETE /api/v1/admin/signing-keys/{}");

    private static ResourceChange byOwner(String method, String path, Object body, String resource) {
        return new ResourceChange(method, path, body, resource, false, null);
    }

    private static ResourceChange byAdmin(String method, String path, Object body, String resource) {
        return new ResourceChange(method, path, body, resource, true, null);
    }

    Answer send(Client caller, Map<String, String> names, String tag) {
        String content = body == null ? "" : filled(JSON.writeValueAsString(body), names);
        String[] headers = {"If-Match", tag, "Prefer", "wait=30"};
        if (path.endsWith("/merge")) {
            // Each is another request: a repeat under the same key is answered as before.
            headers = new String[] {
                "If-Match", tag, "Idempotency-Key", UUID.randomUUID().toString()
            };
        }
        return caller.sendJson(method, filled(path, names), content, headers);
    }

    /** Something of the owner's that the operation can change. */
    Map<String, String> scene(Shop shop, Customer owner) {
        String product = owner.client()
                .sendJson("POST", "/api/v1/catalog/products", aProduct())
                .hasStatus(201)
                .at("/id");
        if (resource.endsWith("/cart")) {
            owner.client()
                    .sendJson("PUT", CART + "/items/" + product, Map.of("quantity", 1))
                    .hasStatus(200);
        }
        String order = "";
        if (resource.equals(ORDER)) {
            order = owner.orders(new Product.Line(product, 1)).hasStatus(201).at("/id");
            if (path.endsWith("/deliver")) {
                shop.admin().ships(order).hasStatus(200);
            }
        }
        return Map.of("{id}", owner.id(), "{productId}", product, "{orderId}", order);
    }

    static String filled(String path, Map<String, String> names) {
        String filled = path;
        for (Map.Entry<String, String> name : names.entrySet()) {
            filled = filled.replace(name.getKey(), name.getValue());
        }
        return filled;
    }

    static Map<String, Object> aProduct() {
        return Map.of(
                "title",
                "Conditional thing",
                "category",
                "Tests",
                "price",
                Map.of("amount", 5, "currency", "EUR"),
                "stock",
                10);
    }

    /** The names of variables do not matter. */
    static String shape(String operation) {
        return operation.replaceAll("\\{\\w+}", "{}");
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
