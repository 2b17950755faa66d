package dev.kontor.standalone.platform;

import static dev.kontor.standalone.Eventually.eventually;

import dev.kontor.standalone.Client;
import dev.kontor.standalone.Customer;
import dev.kontor.standalone.Product;
import dev.kontor.standalone.Shop;
import dev.kontor.testsupport.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A POST that takes an idempotency key.
 *
 * @param body null for none
 * @param caller who calls it
 * @param counted the measure of its effect
 */
record KeyedPost(String path, Object body, By caller, Counted counted) {

    enum By {
        NOBODY,
        OWNER,
        ADMIN
    }

    /** A number that one effect raises by {@link #once}. */
    enum Counted {
        /** The effect cannot be doubled. */
        NOTHING(0),
        PRODUCTS(1),
        AVAILABLE(1),
        SHIPPED(1),
        ORDERS(1),
        ORDER_VERSION(1),
        CART_UNITS(1),
        SIGNING_KEYS(1),
        GENERATION(1),
        CHECKPOINTS(0);

        private final long once;

        Counted(long once) {
            this.once = once;
        }

        long once() {
            return once;
        }
    }

    private static final JsonMapper JSON = new JsonMapper();
    private static final String CUSTOMER_CART = "/api/v1/customers/{id}/cart";
    private static final String ORDER = "/api/v1/orders/{orderId}";
    private static final Map<String, Object> LINES =
            Map.of("lines", List.of(Map.of("productId", "{productId}", "quantity", 1)));
    private static final long STOCK = 10;
    private static final Duration SOON = Duration.ofMinutes(2);

    static final List<KeyedPost> ALL = List.of(
            new KeyedPost(
                    "/api/v1/auth/signup",
                    Map.of("email", "{email}", "password", Shop.PASSWORD, "name", "Some One"),
                    By.NOBODY,
                    Counted.NOTHING),
            new KeyedPost(
                    "/api/v1/catalog/products",
                    Map.of(
                            "title",
                            "Keyed thing",
                            "category",
                            "Tests",
                            "price",
                            Map.of("amount", 5, "currency", "EUR"),
                            "stock",
                            STOCK),
                    By.OWNER,
                    Counted.PRODUCTS),
            new KeyedPost(
                    "/api/v1/catalog/products/{productId}/stock", Map.of("change", 1), By.OWNER, Counted.AVAILABLE),
            new KeyedPost("/api/v1/cart/merge", LINES, By.OWNER, Counted.CART_UNITS),
            new KeyedPost("/api/v1/cart/checkout", null, By.OWNER, Counted.ORDERS),
            new KeyedPost(CUSTOMER_CART + "/checkout", null, By.ADMIN, Counted.ORDERS),
            new KeyedPost("/api/v1/orders", LINES, By.OWNER, Counted.ORDERS),
            new KeyedPost(ORDER + "/cancel", null, By.OWNER, Counted.AVAILABLE),
            new KeyedPost(ORDER + "/ship", null, By.ADMIN, Counted.SHIPPED),
            new KeyedPost(ORDER + "/deliver", null, By.ADMIN, Counted.ORDER_VERSION),
            new KeyedPost("/api/v1/customers/{id}/unlock", null, By.ADMIN, Counted.NOTHING),
            new KeyedPost("/api/v1/admin/signing-keys", null, By.ADMIN, Counted.SIGNING_KEYS),
            new KeyedPost("/api/v1/admin/views/carts/rebuild", null, By.ADMIN, Counted.GENERATION),
            new KeyedPost("/api/v1/admin/dead-letters/carts/retry", null, By.ADMIN, Counted.NOTHING),
            new KeyedPost("/api/v1/admin/checkpoints", null, By.ADMIN, Counted.CHECKPOINTS));

    /** They change nothing, or their answers are secrets. */
    static final Set<String> WITHOUT_A_KEY = Set.of(
            "/api/v1/auth/signin",
            "/api/v1/auth/refresh",
            "/api/v1/auth/signout",
            "/api/v1/customers/me/password",
            "/api/v1/admin/events/unmask",
            "/api/v1/catalog/quote");

    /** As the description names it. */
    String described() {
        return ResourceChange.shape(path.replace("/carts/", "/{view}/"));
    }

    /** Sends it until the answer is final, as a client does. */
    Answer send(Shop shop, Scene scene, String key) {
        return send(shop, scene, key, body);
    }

    /** With another body. */
    Answer sendOther(Shop shop, Scene scene, String key) {
        return send(shop, scene, key, body == null ? Map.of("another", 1) : without(body));
    }

    private static Object without(Object body) {
        JsonNode other = JSON.valueToTree(body);
        return JSON.writeValueAsString(other) + " ";
    }

    private Answer send(Shop shop, Scene scene, String key, Object content) {
        Client client = client(shop, scene);
        String text = content == null
                ? ""
                : ResourceChange.filled(
                        content instanceof String asItIs ? asItIs : JSON.writeValueAsString(content), scene.names());
        return eventually(
                SOON,
                "a final answer to " + this,
                () -> client.sendJson(
                        "POST",
                        ResourceChange.filled(path, scene.names()),
                        text,
                        "Idempotency-Key",
                        key,
                        "Prefer",
                        "wait=30"),
                answer -> answer.status() < 500 && (answer.status() != 202 || counted == Counted.GENERATION));
    }

    private Client client(Shop shop, Scene scene) {
        return switch (caller) {
            case NOBODY -> shop.anonymous();
            case OWNER -> scene.owner().at(shop).client();
            case ADMIN -> shop.admin().client();
        };
    }

    /** Something of an own customer that it can change. */
    Scene scene(Shop shop) {
        Customer owner = shop.signedInCustomer();
        String product = owner.client()
                .sendJson("POST", "/api/v1/catalog/products", ResourceChange.aProduct())
                .hasStatus(201)
                .at("/id");
        if (path.endsWith("/checkout")) {
            owner.client()
                    .sendJson("PUT", "/api/v1/cart/items/" + product, Map.of("quantity", 1))
                    .hasStatus(200);
        }
        if (counted == Counted.GENERATION) {
            eventually(
                    SOON,
                    "no rebuild is running",
                    () -> views(shop),
                    views -> views.stream()
                            .noneMatch(view -> Set.of("RUNNING", "READY")
                                    .contains(view.at("/rebuild/state").asString(""))));
        }
        String order = "";
        if (path.startsWith(ORDER)) {
            order = owner.orders(new Product.Line(product, 1)).hasStatus(201).at("/id");
            if (path.endsWith("/deliver")) {
                shop.admin().ships(order).hasStatus(200);
            }
        }
        return new Scene(
                owner,
                Map.of(
                        "{id}",
                        owner.id(),
                        "{productId}",
                        product,
                        "{orderId}",
                        order,
                        "{email}",
                        "keyed-" + UUID.randomUUID() + "@example.com"));
    }

    record Scene(Customer owner, Map<String, String> names) {}

    /** The present number. */
    long count(Shop shop, Scene scene) {
        Client owner = scene.owner().at(shop).client();
        Client admin = shop.admin().client();
        String product = "/api/v1/catalog/products/" + scene.names().get("{productId}");
        return switch (counted) {
            case NOTHING -> 0;
            case PRODUCTS ->
                owner.get("/api/v1/catalog/products?seller=me&pageSize=100")
                        .items()
                        .size();
            case AVAILABLE -> owner.get(product).number("/available");
            case SHIPPED -> STOCK - owner.get(product).number("/reserved");
            case ORDERS -> owner.get("/api/v1/orders?pageSize=100").items().size();
            case ORDER_VERSION ->
                owner.get("/api/v1/orders/" + scene.names().get("{orderId}")).number("/version");
            case CART_UNITS ->
                owner.get("/api/v1/cart").items().stream()
                        .mapToLong(line -> line.get("quantity").asLong())
                        .sum();
            case SIGNING_KEYS ->
                admin.get("/api/v1/admin/signing-keys?pageSize=100").items().size();
            case GENERATION ->
                views(shop).stream()
                        .filter(view -> view.get("name").asString().equals("carts"))
                        .mapToLong(view -> view.at("/rebuild/generation").asLong())
                        .sum();
            case CHECKPOINTS -> 0;
        };
    }

    private static List<JsonNode> views(Shop shop) {
        return shop.admin().client().get("/api/v1/admin/views").hasStatus(200).items();
    }

    /** The checkpoints beside this one, and it. */
    static long checkpointsBeside(Answer answer) {
        try (Stream<Path> folders = Files.list(Path.of(answer.at("/folder")).getParent())) {
            return folders.filter(Files::isDirectory).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "POST " + path;
    }
}
