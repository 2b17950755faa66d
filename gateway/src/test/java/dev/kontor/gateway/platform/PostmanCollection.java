package dev.kontor.gateway.platform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Postman collection of the description: first the walk of a customer, whose answers are checked, then every operation
 * by its tag. What ends the session or the account comes last. Postman and newman run it from top to bottom.
 */
final class PostmanCollection {

    private static final JsonMapper JSON = new JsonMapper();

    /** The operations of the walk, with the script that runs after each. */
    private static final Map<String, String> WALK = new LinkedHashMap<>();

    static {
        WALK.put("signUp", "pm.collectionVariables.set('customerId', pm.response.json().id);");
        WALK.put("signIn", "pm.collectionVariables.set('accessToken', pm.response.json().access_token);");
        WALK.put("searchProducts", "pm.collectionVariables.set('productId', pm.response.json().items[0].id);");
        WALK.put("quoteCart", "pm.expect(pm.response.json().total.amount).to.be.above(0);");
        WALK.put("putCartItem", "pm.expect(pm.response.json().items).to.have.lengthOf(1);");
        WALK.put("mergeCart", "pm.expect(pm.response.json().added).to.have.lengthOf(1);");
        WALK.put("getCart", "pm.expect(pm.response.json().items[0].quantity).to.eql(4);");
        WALK.put("checkOutCart", "pm.collectionVariables.set('orderId', pm.response.json().id);");
        WALK.put("getOrder", "pm.expect(pm.response.json().status).to.eql('CONFIRMED');");
        WALK.put("listOrders", "pm.expect(pm.response.json().items).to.have.lengthOf(1);");
        WALK.put("cancelOrder", "pm.expect(pm.response.json().status).to.eql('CANCELLED');");
    }

    /** They end the session or the account. */
    private static final List<String> LAST =
            List.of("changePassword", "refreshTokens", "endOwnSession", "endOwnSessions", "signOut", "eraseOwnAccount");

    /** The values of the examples, and the variables that take their place. */
    private static final Map<String, String> VARIABLES = Map.of(
            "0198c0de-0000-7000-8000-0000000000a1", "{{productId}}",
            "0198c0de-0000-7000-8000-0000000000f1", "{{orderId}}",
            "0198c0de-0000-7000-8000-0000000000c1", "{{customerId}}",
            "anna@example.com", "{{email}}");

    private record Operation(String method, String path, JsonNode node) {

        String id() {
            return node.at("/operationId").asString();
        }

        String tag() {
            return node.at("/tags/0").asString();
        }

        /** A stream of events has no end, which newman would wait for. */
        boolean isStream() {
            return node.at("/responses")
                    .valueStream()
                    .anyMatch(answer -> answer.path("content").has("text/event-stream"));
        }
    }

    private PostmanCollection() {}

    static Map<String, Object> of(JsonNode api) {
        Map<String, Operation> operations = new TreeMap<>();
        api.at("/paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    Operation operation =
                            new Operation(method.getKey().toUpperCase(Locale.ROOT), path.getKey(), method.getValue());
                    if (!operation.isStream()) {
                        operations.put(operation.id(), operation);
                    }
                }));
        List<Object> folders = new ArrayList<>();
        folders.add(folder(
                "A customer's walk",
                WALK.keySet().stream()
                        .map(id -> item(operations.get(id), WALK.get(id)))
                        .toList()));
        Map<String, List<Object>> byTag = new TreeMap<>();
        operations.values().stream()
                .filter(operation -> !LAST.contains(operation.id()))
                .forEach(operation -> byTag.computeIfAbsent(operation.tag(), tag -> new ArrayList<>())
                        .add(item(operation, null)));
        byTag.forEach((tag, items) -> folders.add(folder(tag, items)));
        folders.add(folder(
                "The end of sessions and of the account",
                LAST.stream().map(id -> item(operations.get(id), null)).toList()));
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("name", "Kontor");
        info.put("description", api.at("/info/description").asString());
        info.put("schema", "https://schema.getpostman.com/json/collection/v2.1.0/collection.json");
        Map<String, Object> collection = new LinkedHashMap<>();
        collection.put("info", info);
        collection.put("auth", auth("{{accessToken}}"));
        collection.put("variable", variables());
        collection.put("item", folders);
        return collection;
    }

    private static List<Object> variables() {
        List<Object> variables = new ArrayList<>();
        variables.add(entry("baseUrl", "http://127.0.0.1:8080", false));
        for (String name : List.of("accessToken", "customerId", "email", "orderId", "productId")) {
            variables.add(entry(name, "", false));
        }
        return variables;
    }

    private static Map<String, Object> auth(String token) {
        Map<String, Object> auth = new LinkedHashMap<>();
        auth.put("type", "bearer");
        auth.put("bearer", List.of(entry("token", token, false)));
        return auth;
    }

    private static Map<String, Object> folder(String name, List<?> items) {
        Map<String, Object> folder = new LinkedHashMap<>();
        folder.put("name", name);
        folder.put("item", items);
        return folder;
    }

    /** @param then of the walk, else null: then any status that the description has is right */
    private static Map<String, Object> item(Operation operation, String then) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("name", operation.node().at("/summary").asString());
        List<Object> scripts = new ArrayList<>();
        if (operation.id().equals("signUp")) {
            scripts.add(script(
                    "prerequest",
                    "pm.collectionVariables.set('email', 'postman-' + Date.now() + '-' + Math.floor(Math.random() * 1e9)"
                            + " + '@example.com');"));
        }
        scripts.add(script("test", test(operation, then)));
        item.put("event", scripts);
        item.put("request", request(operation, then != null));
        return item;
    }

    private static Map<String, Object> script(String when, String... lines) {
        Map<String, Object> script = new LinkedHashMap<>();
        script.put("listen", when);
        script.put("script", Map.of("exec", Arrays.asList(lines)));
        return script;
    }

    private static String[] test(Operation operation, String then) {
        if (then != null) {
            return new String[] {
                "pm.test('it works', () => {",
                "  pm.expect(pm.response.code).to.be.within(200, 201);",
                "  " + then,
                "});"
            };
        }
        List<String> statuses = operation.node().at("/responses").propertyNames().stream()
                .filter(status -> status.compareTo("500") < 0)
                .sorted()
                .toList();
        return new String[] {
            "pm.test('the answer is described', () => pm.expect([" + String.join(", ", statuses)
                    + "]).to.include(pm.response.code));"
        };
    }

    private static Map<String, Object> request(Operation operation, boolean inWalk) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("method", operation.method());
        if (operation.node().has("security") && operation.node().at("/security").isEmpty()) {
            request.put("auth", Map.of("type", "noauth"));
        }
        List<Object> headers = new ArrayList<>();
        List<Object> query = new ArrayList<>();
        String path = operation.path();
        for (JsonNode parameter : operation.node().path("parameters")) {
            String name = parameter.at("/name").asString();
            String value = filled(parameter.path("example").asString(""));
            switch (parameter.at("/in").asString()) {
                case "path" -> path = path.replace("{" + name + "}", value);
                // The walk searches for what is in stock.
                case "query" -> query.add(entry(name, value, !inWalk || !name.equals("search")));
                default -> {
                    boolean isKey = name.equals("Idempotency-Key");
                    headers.add(entry(name, isKey ? "{{$guid}}" : value, !isKey));
                }
            }
        }
        JsonNode body = operation.node().at("/requestBody/content/application~1json/example");
        if (!body.isMissingNode()) {
            headers.add(entry("Content-Type", "application/json", false));
            Map<String, Object> raw = new LinkedHashMap<>();
            raw.put("mode", "raw");
            raw.put("raw", filled(JSON.writeValueAsString(body)));
            request.put("body", raw);
        }
        request.put("header", headers);
        Map<String, Object> url = new LinkedHashMap<>();
        url.put("raw", "{{baseUrl}}" + path);
        url.put("host", List.of("{{baseUrl}}"));
        url.put("path", Arrays.asList(path.substring(1).split("/")));
        if (!query.isEmpty()) {
            url.put("query", query);
        }
        request.put("url", url);
        request.put("description", operation.node().at("/description").asString());
        return request;
    }

    private static Map<String, Object> entry(String name, String value, boolean isOff) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("key", name);
        entry.put("value", value);
        if (isOff) {
            entry.put("disabled", true);
        }
        return entry;
    }

    private static String filled(String text) {
        String filled = text;
        for (Map.Entry<String, String> variable : VARIABLES.entrySet()) {
            filled = filled.replace(variable.getKey(), variable.getValue());
        }
        return filled;
    }
}
