package dev.kontor.standalone.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.kontor.standalone.Client;
import dev.kontor.standalone.EventReader;
import dev.kontor.standalone.OnSharedKontor;
import dev.kontor.standalone.SharedKontor;
import dev.kontor.standalone.Shop;
import dev.kontor.standalone.identity.Operation.Allowed;
import dev.kontor.standalone.identity.Operation.Outcome;
import dev.kontor.testsupport.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Every operation of the REST interface, by every kind of caller. */
@OnSharedKontor
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestOperationsIT {

    /** Operations that only the process with the log has. */
    private static final Set<String> ABOUT_THE_LOG_ITSELF =
            Set.of("POST /api/v1/admin/checkpoints", "GET /api/v1/admin/audit");

    /** The problems that an authorized caller gets for a missing thing. */
    private static final Set<String> NO_SUCH_THING = Set.of(
            "urn:kontor:problem:view-not-found",
            "urn:kontor:problem:dead-letter-not-found",
            "urn:kontor:problem:processor-not-found",
            "urn:kontor:problem:signing-key-not-found");

    private static final List<Operation> OPERATIONS = new ArrayList<>();

    static {
        String auth = "/api/v1/auth/";
        on(Allowed.PUBLIC, "POST", auth + "signup", scene -> newcomer());
        on(Allowed.PUBLIC, "POST", auth + "signin", scene -> credentials(scene.email()));
        ending(Allowed.PUBLIC, "POST", auth + "refresh", scene -> Map.of("refresh_token", scene.refreshToken()));
        ending(Allowed.ONESELF, "POST", auth + "signout", scene -> null);
        on(Allowed.PUBLIC, "GET", "/.well-known/jwks.json", scene -> null);

        String me = "/api/v1/customers/me";
        on(Allowed.ONESELF, "GET", me, scene -> null);
        on(Allowed.ONESELF, "PATCH", me, scene -> Map.of("name", "Another Name"));
        on(Allowed.ONESELF, "GET", me + "/export", scene -> null);
        on(Allowed.ONESELF, "GET", me + "/sessions", scene -> null);
        ending(Allowed.ONESELF, "DELETE", me + "/sessions", scene -> null);
        ending(
                Allowed.ONESELF,
                "POST",
                me + "/password",
                scene -> Map.of("currentPassword", Shop.PASSWORD, "newPassword", "another long password"));
        ending(Allowed.ONESELF, "DELETE", me, scene -> null);

        String customers = "/api/v1/customers";
        String one = customers + "/{id}";
        on(Allowed.ADMIN, "GET", customers, scene -> null);
        on(Allowed.ADMIN, "GET", one, scene -> null);
        on(Allowed.ADMIN, "PATCH", one, scene -> Map.of("name", "Another Name"));
        on(Allowed.ADMIN, "GET", one + "/export", scene -> null);
        on(Allowed.ADMIN, "GET", one + "/sessions", scene -> null);
        on(Allowed.ADMIN, "POST", one + "/unlock", scene -> null);
        on(Allowed.ADMIN, "GET", one + "/cart", scene -> null);
        on(Allowed.ADMIN, "PUT", one + "/cart/items/{productId}", scene -> Map.of("quantity", 2));
        on(Allowed.ADMIN, "POST", one + "/cart/checkout", scene -> null);
        on(Allowed.ADMIN, "DELETE", one + "/cart/items/{productId}", scene -> null);
        on(Allowed.ADMIN, "DELETE", one + "/cart", scene -> null);
        ending(Allowed.ADMIN, "DELETE", one + "/sessions/{sessionId}", scene -> null);
        ending(Allowed.ADMIN, "DELETE", one + "/sessions", scene -> null);
        ending(Allowed.ADMIN, "PUT", one + "/role", scene -> Map.of("role", "ADMIN"));
        ending(Allowed.ADMIN, "DELETE", one, scene -> null);

        String products = "/api/v1/catalog/products";
        on(Allowed.PUBLIC, "GET", products, scene -> null);
        on(Allowed.PUBLIC, "GET", products + "/{productId}", scene -> null);
        on(Allowed.PUBLIC, "GET", "/api/v1/catalog/categories", scene -> null);
        on(Allowed.PUBLIC, "POST", "/api/v1/catalog/quote", scene -> OwnershipSetup.anOrder(scene.product()));
        on(Allowed.PUBLIC, "GET", "/api/v1/catalog/suggestions", scene -> null);
        on(Allowed.ONESELF, "POST", products, scene -> OwnershipSetup.aProduct());
        on(Allowed.OWNER, "PATCH", products + "/{productId}", scene -> Map.of("description", "Another one."));
        on(Allowed.OWNER, "POST", products + "/{productId}/stock", scene -> Map.of("change", 1));
        ending(Allowed.OWNER, "DELETE", products + "/{productId}", scene -> null);

        on(Allowed.ONESELF, "GET", "/api/v1/cart", scene -> null);
        on(Allowed.ONESELF, "PUT", "/api/v1/cart/items/{productId}", scene -> Map.of("quantity", 2));
        on(Allowed.ONESELF, "POST", "/api/v1/cart/checkout", scene -> null);
        on(Allowed.ONESELF, "POST", "/api/v1/cart/merge", scene -> OwnershipSetup.anOrder(scene.product()));
        on(Allowed.ONESELF, "DELETE", "/api/v1/cart/items/{productId}", scene -> null);
        on(Allowed.ONESELF, "DELETE", "/api/v1/cart", scene -> null);

        String orders = "/api/v1/orders";
        on(Allowed.ONESELF, "GET", orders, scene -> null);
        on(Allowed.ONESELF, "POST", orders, scene -> OwnershipSetup.anOrder(scene.product()));
        on(Allowed.OWNER, "GET", orders + "/{orderId}", scene -> null);
        ending(Allowed.OWNER, "POST", orders + "/{orderId}/cancel", scene -> null);
        on(Allowed.ADMIN, "POST", orders + "/{orderId}/ship", scene -> null);
        on(Allowed.ADMIN, "POST", orders + "/{orderId}/deliver", scene -> null);

        String admin = "/api/v1/admin/";
        on(Allowed.ADMIN, "GET", admin + "views", scene -> null);
        on(Allowed.ADMIN, "POST", admin + "views/{view}/rebuild", scene -> null);
        on(Allowed.ADMIN, "PATCH", admin + "views/{view}", scene -> Map.of("paused", true));
        on(Allowed.ADMIN, "DELETE", admin + "views/{view}/generations/{generation}", scene -> null);
        on(Allowed.ADMIN, "GET", admin + "dead-letters", scene -> null);
        on(Allowed.ADMIN, "GET", admin + "dead-letters/{queue}", scene -> null);
        on(Allowed.ADMIN, "POST", admin + "dead-letters/{queue}/retry", scene -> null);
        on(Allowed.ADMIN, "DELETE", admin + "dead-letters/{queue}/{sequence}?position=1&reason=test", scene -> null);
        on(Allowed.ADMIN, "GET", admin + "processors", scene -> null);
        on(Allowed.ADMIN, "PATCH", admin + "processors/{processor}", scene -> Map.of("paused", false));
        on(Allowed.ADMIN, "POST", admin + "checkpoints", scene -> null);
        on(Allowed.ADMIN, "GET", admin + "audit", scene -> null);
        on(Allowed.ADMIN, "GET", admin + "signing-keys", scene -> null);
        on(Allowed.ADMIN, "POST", admin + "signing-keys", scene -> null);
        on(Allowed.ADMIN, "DELETE", admin + "signing-keys/{kid}", scene -> null);
        on(Allowed.ADMIN, "GET", admin + "events", scene -> null);
        on(Allowed.ADMIN, "GET", admin + "aggregates/{id}", scene -> null);
        on(Allowed.ADMIN, "GET", admin + "stories/{id}", scene -> null);
        on(
                Allowed.ADMIN,
                "POST",
                admin + "events/unmask",
                scene -> Map.of("aggregateId", scene.ownerId(), "sequence", 0, "reason", "A test"));
        watch(Allowed.ADMIN, admin + "events/live");
        watch(Allowed.OWNER, orders + "/{orderId}/events");
        watch(Allowed.ONESELF, "/api/v1/cart/events");
        watch(Allowed.ADMIN, one + "/cart/events");
        // Ends the caller's own session by its id; another's is not found, not even for an admin.
        OPERATIONS.add(new Operation(
                "DELETE " + me + "/sessions/{sessionId}",
                Allowed.ONESELF,
                true,
                (caller, scene) -> outcome(caller.delete(me + "/sessions/" + ownSession(caller, scene)))));
    }

    private final Shop shop;
    private final OperationsTable table;

    RestOperationsIT(Shop shop) {
        this.shop = shop;
        this.table = new OperationsTable(shop);
    }

    private static void on(Allowed allowed, String method, String path, Function<OwnershipSetup, Object> body) {
        OPERATIONS.add(new Operation(method + " " + path, allowed, false, act(method, path, body)));
    }

    private static void ending(Allowed allowed, String method, String path, Function<OwnershipSetup, Object> body) {
        OPERATIONS.add(new Operation(method + " " + path, allowed, true, act(method, path, body)));
    }

    private static String aKey() {
        return UUID.randomUUID().toString();
    }

    /** The status is enough: a stream goes on. */
    private static void watch(Allowed allowed, String path) {
        OPERATIONS.add(new Operation("GET " + path, allowed, false, (caller, scene) -> {
            String filled = path.replace("{id}", scene.ownerId()).replace("{orderId}", scene.order());
            try (EventReader stream = caller.watch(filled)) {
                return switch (stream.status()) {
                    case 200, 204 -> Outcome.LET_IN;
                    case 401 -> Outcome.UNAUTHENTICATED;
                    case 403, 404 -> Outcome.TURNED_AWAY;
                    default -> throw new AssertionError("An unexpected status: " + stream.status());
                };
            }
        }));
    }

    private static Operation.Act act(String method, String path, Function<OwnershipSetup, Object> body) {
        return (caller, scene) -> {
            Object content = body.apply(scene);
            String filled = path.replace("{id}", scene.ownerId())
                    .replace("{productId}", scene.product())
                    .replace("{orderId}", scene.order())
                    .replace("{sessionId}", scene.session())
                    .replace("{view}", "none")
                    .replace("{generation}", "1")
                    .replace("{queue}", "catalog")
                    .replace("{processor}", "none")
                    .replace("{sequence}", "none")
                    .replace("{kid}", "none");
            return outcome(
                    content == null
                            ? caller.sendJson(method, filled, "")
                            : takesKey(method, path)
                                    ? caller.sendJson(
                                            method, filled, content, "Prefer", "wait=30", "Idempotency-Key", aKey())
                                    : caller.sendJson(method, filled, content, "Prefer", "wait=30"));
        };
    }

    private static boolean takesKey(String method, String path) {
        return method.equals("POST")
                && !path.endsWith("/password")
                && !path.endsWith("/quote")
                && !path.endsWith("/unmask")
                && (!path.contains("/auth/") || path.endsWith("/signup"));
    }

    private static Outcome outcome(Answer answer) {
        int status = answer.status();
        if (status == 401) {
            return Outcome.UNAUTHENTICATED;
        }
        if (status < 300 || status == 409 || NO_SUCH_THING.contains(type(answer))) {
            return Outcome.LET_IN;
        }
        assertThat(status).as(answer.body()).isIn(403, 404);
        return Outcome.TURNED_AWAY;
    }

    private static String type(Answer answer) {
        return answer.status() >= 400 ? answer.at("/type") : "";
    }

    private static String ownSession(Client caller, OwnershipSetup scene) {
        Answer sessions = caller.get("/api/v1/customers/me/sessions");
        return sessions.status() == 200 ? sessions.at("/items/0/id") : scene.session();
    }

    private static Map<String, String> newcomer() {
        return Map.of(
                "email", "newcomer-" + UUID.randomUUID() + "@example.com", "password", Shop.PASSWORD, "name", "New");
    }

    private static Map<String, String> credentials(String email) {
        return Map.of("email", email, "password", Shop.PASSWORD);
    }

    static List<Operation> operations() {
        return OPERATIONS;
    }

    @ParameterizedTest
    @MethodSource("operations")
    void only_the_roles_of_the_table_are_admitted(Operation operation) {
        assumeFalse(
                SharedKontor.IN_PROCESSES && ABOUT_THE_LOG_ITSELF.contains(operation.name()),
                "the log is Axon Server's, and is looked at by its own tools");
        table.walk(operation);
    }

    @Test
    void the_table_has_every_operation() {
        JsonNode paths =
                shop.anonymous().get("/v3/api-docs").hasStatus(200).json().get("paths");
        Set<String> documented = new TreeSet<>();
        paths.properties()
                .forEach(path -> path.getValue()
                        .propertyNames()
                        .forEach(method -> documented.add(method.toUpperCase() + " " + shape(path.getKey()))));

        assertThat(OPERATIONS.stream().map(operation -> shape(operation.name())).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(documented);
    }

    /** The names of variables do not matter. */
    private static String shape(String path) {
        return path.replaceAll("\\{\\w+}", "{}").replaceFirst("\\?.*", "");
    }
}
