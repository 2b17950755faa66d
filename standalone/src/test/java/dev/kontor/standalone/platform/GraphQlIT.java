package dev.kontor.standalone.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.Client;
import dev.kontor.standalone.Customer;
import dev.kontor.standalone.OnSharedKontor;
import dev.kontor.standalone.Product;
import dev.kontor.standalone.Shop;
import dev.kontor.testsupport.Answer;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The shop by GraphQL alone, in the order of the table of {@code docs/api/graphql.md}; REST shows the same. */
@OnSharedKontor
class GraphQlIT {

    private static final String ORDER = "{ order { id status total { amount } lines { productId quantity } } }";

    private final Shop shop;
    private final Client admin;

    GraphQlIT(Shop shop) {
        this.shop = shop;
        this.admin = shop.admin().client();
    }

    private static Answer ask(Client client, String query, Map<String, Object> variables) {
        return client.sendJson("POST", "/graphql", Map.of("query", query, "variables", variables), "Prefer", "wait=30")
                .hasStatus(200);
    }

    /** The data of an operation that succeeds as a whole. */
    private static JsonNode data(Client client, String query, Object... variables) {
        Map<String, Object> named = new HashMap<>();
        for (int i = 0; i < variables.length; i += 2) {
            named.put((String) variables[i], variables[i + 1]);
        }
        Answer answer = ask(client, query, named);
        assertThat(answer.json().has("errors")).as(answer.body()).isFalse();
        return answer.json().at("/data");
    }

    private static String code(Answer answer) {
        return answer.at("/errors/0/extensions/code").replace("urn:kontor:problem:", "");
    }

    private Client signedUp(String name) {
        String email = name + "-" + UUID.randomUUID() + "@example.com";
        JsonNode customer = data(
                        shop.anonymous(),
                        "mutation($e: String!, $p: String!) { signUp(input: {email: $e, password: $p, name: \"Walker\"})"
                                + " { customer { id email role } } }",
                        "e",
                        email,
                        "p",
                        Shop.PASSWORD)
                .at("/signUp/customer");
        assertThat(customer.at("/email").asString()).isEqualTo(email);
        assertThat(customer.at("/role").asString()).isEqualTo("CUSTOMER");
        JsonNode tokens = data(
                        shop.anonymous(),
                        "mutation($e: String!, $p: String!) { signIn(input: {email: $e, password: $p})"
                                + " { accessToken refreshToken } }",
                        "e",
                        email,
                        "p",
                        Shop.PASSWORD)
                .at("/signIn");
        String next = data(
                        shop.anonymous(),
                        "mutation($t: String!) { refreshTokens(refreshToken: $t) { accessToken } }",
                        "t",
                        tokens.at("/refreshToken").asString())
                .at("/refreshTokens/accessToken")
                .asString();
        Client client = shop.anonymous().withToken(next);
        assertThat(data(client, "{ me { id } }").at("/me/id")).isEqualTo(customer.at("/id"));
        return client;
    }

    @Test
    void from_sign_up_to_a_delivered_order() {
        Client seller = signedUp("seller");
        Client walker = signedUp("walker");
        String word = "graph" + UUID.randomUUID().toString().replace("-", "");

        String tea = data(
                        seller,
                        "mutation($t: String!) { createProduct(input: {title: $t, category: \"Tests\","
                                + " price: {amount: 250, currency: \"EUR\"}, stock: 5}) { product { id } } }",
                        "t",
                        "Tea " + word)
                .at("/createProduct/product/id")
                .asString();
        assertThat(data(
                                seller,
                                "mutation($id: ID!) { addStock(productId: $id, quantity: 5) { product { available } } }",
                                "id",
                                tea)
                        .at("/addStock/product/available")
                        .asLong())
                .isEqualTo(10);
        assertThat(data(
                                seller,
                                "mutation($id: ID!) { removeStock(productId: $id, quantity: 3) { product { available } } }",
                                "id",
                                tea)
                        .at("/removeStock/product/available")
                        .asLong())
                .isEqualTo(7);
        data(
                seller,
                "mutation($id: ID!) { changeProduct(id: $id, input: {price: {amount: 300, currency: \"EUR\"}})"
                        + " { product { version } } }",
                "id",
                tea);

        JsonNode found = data(
                shop.anonymous(),
                "query($s: String) { products(search: $s) { edges { node { id title price { amount } seller { name } } } } }",
                "s",
                word);
        assertThat(found.at("/products/edges").size()).isEqualTo(1);
        assertThat(found.at("/products/edges/0/node/id").asString()).isEqualTo(tea);
        assertThat(found.at("/products/edges/0/node/price/amount").asLong()).isEqualTo(300);

        data(walker, "mutation($id: ID!) { putCartItem(productId: $id, quantity: 2) { cart { version } } }", "id", tea);
        assertThat(data(walker, "{ cart { total { amount } items { product { title } } } }")
                        .at("/cart/items/0/product/title")
                        .asString())
                .isEqualTo("Tea " + word);
        JsonNode order = data(walker, "mutation { checkOutCart " + ORDER + " }").at("/checkOutCart/order");
        assertThat(order.at("/status").asString()).isEqualTo("CONFIRMED");
        assertThat(order.at("/total/amount").asLong()).isEqualTo(600);
        assertThat(data(walker, "{ cart { items { productId } } }")
                        .at("/cart/items")
                        .size())
                .isZero();

        String id = order.at("/id").asString();
        Answer overRest = walker.get("/api/v1/orders/" + id).hasStatus(200);
        assertThat(overRest.at("/status")).isEqualTo("CONFIRMED");
        JsonNode listed = data(
                walker,
                "{ orders { edges { node { id customer { name } lines { title product { available reserved } } } } } }");
        assertThat(listed.at("/orders/edges/0/node/id").asString()).isEqualTo(id);
        assertThat(listed.at("/orders/edges/0/node/customer/name").asString()).isEqualTo("Walker");
        assertThat(listed.at("/orders/edges/0/node/lines/0/product/available").asLong())
                .isEqualTo(5);
        assertThat(data(seller, "{ orders(scope: SALES) { edges { node { id customer { name } } } } }")
                        .at("/orders/edges/0/node/customer")
                        .isNull())
                .isTrue();

        assertThat(data(admin, "mutation($id: ID!) { shipOrder(id: $id) " + ORDER + " }", "id", id)
                        .at("/shipOrder/order/status")
                        .asString())
                .isEqualTo("SHIPPED");
        assertThat(data(admin, "mutation($id: ID!) { deliverOrder(id: $id) " + ORDER + " }", "id", id)
                        .at("/deliverOrder/order/status")
                        .asString())
                .isEqualTo("DELIVERED");
        assertThat(code(ask(walker, "mutation($id: ID!) { cancelOrder(id: $id) " + ORDER + " }", Map.of("id", id))))
                .isEqualTo("order-status");
    }

    @Test
    void an_order_is_placed_once_under_a_key_and_cancelled() {
        Customer buyer = shop.signedInCustomer();
        Product pen = shop.listedProduct(10);
        String place = "mutation($id: ID!, $key: String) { placeOrder(input: {lines: [{productId: $id, quantity: 4}],"
                + " idempotencyKey: $key}) " + ORDER + " }";
        String key = UUID.randomUUID().toString();

        String first = data(buyer.client(), place, "id", pen.id(), "key", key)
                .at("/placeOrder/order/id")
                .asString();
        String second = data(buyer.client(), place, "id", pen.id(), "key", key)
                .at("/placeOrder/order/id")
                .asString();
        assertThat(second).isEqualTo(first);
        assertThat(shop.look(pen).number("/available")).isEqualTo(6);

        assertThat(data(buyer.client(), "mutation($id: ID!) { cancelOrder(id: $id) " + ORDER + " }", "id", first)
                        .at("/cancelOrder/order/status")
                        .asString())
                .isEqualTo("CANCELLED");
        assertThat(shop.look(pen).number("/available")).isEqualTo(10);
    }

    @Test
    void a_mutation_has_its_effect_once_under_a_key() {
        String email = "keyed-" + UUID.randomUUID() + "@example.com";
        String signUp = "mutation($e: String!, $p: String!, $n: String!, $key: String) {"
                + " signUp(input: {email: $e, password: $p, name: $n}, idempotencyKey: $key) { customer { id } } }";
        Object[] once = {"e", email, "p", Shop.PASSWORD, "n", "Once", "key", "sign-up"};
        assertThat(data(shop.anonymous(), signUp, once)).isEqualTo(data(shop.anonymous(), signUp, once));

        Client seller = shop.signedInCustomer().client();
        String create = "mutation($t: String!, $key: String) { createProduct(input: {title: $t, category: \"Tests\","
                + " price: {amount: 250, currency: \"EUR\"}, stock: 5}, idempotencyKey: $key) { product { id } } }";
        String product = data(seller, create, "t", "Cup", "key", "create")
                .at("/createProduct/product/id")
                .asString();
        assertThat(data(seller, create, "t", "Cup", "key", "create")
                        .at("/createProduct/product/id")
                        .asString())
                .isEqualTo(product);
        assertThat(code(ask(seller, create, Map.of("t", "Mug", "key", "create"))))
                .isEqualTo("idempotency-key-reused");
        assertThat(code(ask(seller, create, Map.of("t", "Mug", "key", " ")))).isEqualTo("invalid-request");

        for (String change : new String[] {"addStock", "removeStock"}) {
            String sent = "mutation($id: ID!, $n: Long!, $key: String) { " + change
                    + "(productId: $id, quantity: $n, idempotencyKey: $key) { product { available } } }";
            long available = change.equals("addStock") ? 8 : 5;
            for (int repeat = 0; repeat < 2; repeat++) {
                assertThat(data(seller, sent, "id", product, "n", 3, "key", change)
                                .at("/" + change + "/product/available")
                                .asLong())
                        .isEqualTo(available);
            }
            assertThat(code(ask(seller, sent, Map.of("id", product, "n", 2, "key", change))))
                    .isEqualTo("idempotency-key-reused");
        }

        Client buyer = shop.signedInCustomer().client();
        data(
                buyer,
                "mutation($id: ID!) { putCartItem(productId: $id, quantity: 2) { cart { version } } }",
                "id",
                product);
        String checkOut = "mutation($key: String) { checkOutCart(idempotencyKey: $key) " + ORDER + " }";
        String order =
                data(buyer, checkOut, "key", "out").at("/checkOutCart/order/id").asString();
        assertThat(data(buyer, checkOut, "key", "out")
                        .at("/checkOutCart/order/id")
                        .asString())
                .isEqualTo(order);

        for (String[] act : new String[][] {{"shipOrder", "SHIPPED"}, {"deliverOrder", "DELIVERED"}}) {
            String sent =
                    "mutation($id: ID!, $key: String) { " + act[0] + "(id: $id, idempotencyKey: $key) " + ORDER + " }";
            for (int repeat = 0; repeat < 2; repeat++) {
                assertThat(data(admin, sent, "id", order, "key", act[0] + order)
                                .at("/" + act[0] + "/order/status")
                                .asString())
                        .isEqualTo(act[1]);
            }
        }
        String cancel = "mutation($id: ID!, $key: String) { cancelOrder(id: $id, idempotencyKey: $key) " + ORDER + " }";
        data(
                buyer,
                "mutation($id: ID!) { putCartItem(productId: $id, quantity: 1) { cart { version } } }",
                "id",
                product);
        String second = data(buyer, checkOut, "key", "out again")
                .at("/checkOutCart/order/id")
                .asString();
        for (int repeat = 0; repeat < 2; repeat++) {
            assertThat(data(buyer, cancel, "id", second, "key", "cancel")
                            .at("/cancelOrder/order/status")
                            .asString())
                    .isEqualTo("CANCELLED");
        }
    }

    @Test
    void a_rejected_order_has_the_problem_of_rest() {
        Customer buyer = shop.signedInCustomer();
        Product lamp = shop.listedProduct(1);

        Answer graphQl = ask(
                buyer.client(),
                "mutation($id: ID!) { placeOrder(input: {lines: [{productId: $id, quantity: 5}]}) " + ORDER + " }",
                Map.of("id", lamp.id()));
        Answer rest = buyer.orders(lamp.times(5)).hasStatus(409);

        assertThat(graphQl.at("/errors/0/extensions/code")).isEqualTo(rest.at("/type"));
        assertThat(graphQl.json().at("/errors/0/extensions/rejection"))
                .isEqualTo(rest.json().at("/rejection"));
        assertThat(buyer.statusOf(graphQl.at("/errors/0/extensions/orderId"))).isEqualTo("REJECTED");
    }

    @Test
    void customers_are_for_admins() {
        Customer someone = shop.signedInCustomer();

        assertThat(data(
                                admin,
                                "query($s: String) { customers(search: $s, first: 1) { edges { node { id } } } }",
                                "s",
                                someone.email())
                        .at("/customers/edges/0/node/id")
                        .asString())
                .isEqualTo(someone.id());
        assertThat(data(
                                admin,
                                "query($id: ID!) { customer(id: $id) { email } cart(customerId: $id) { version } }",
                                "id",
                                someone.id())
                        .at("/customer/email")
                        .asString())
                .isEqualTo(someone.email());
        for (String query : new String[] {
            "{ customers { edges { cursor } } }",
            "{ customer(id: \"" + someone.id() + "\") { id } }",
            "{ orders(scope: ALL) { edges { cursor } } }",
            "mutation { shipOrder(id: \"" + UUID.randomUUID() + "\") { order { id } } }"
        }) {
            assertThat(code(ask(someone.client(), query, Map.of()))).as(query).isEqualTo("forbidden");
        }
        assertThat(code(ask(shop.anonymous(), "{ me { id } }", Map.of()))).isEqualTo("unauthenticated");
        shop.anonymous()
                .withToken("x.y.z")
                .sendJson("POST", "/graphql", Map.of("query", "{ categories { edges { cursor } } }"))
                .isProblem(401, "unauthenticated");
    }

    @Test
    void pages_follow_each_other_and_show_the_categories() {
        shop.listedProduct(1);
        shop.listedProduct(1);
        String query = "query($after: String) { products(first: 1, after: $after) { edges { node { id } }"
                + " pageInfo { hasNextPage endCursor } } categories(first: 1) { edges { node { name products } } } }";

        JsonNode first = data(shop.anonymous(), query);
        JsonNode second = data(
                shop.anonymous(),
                query,
                "after",
                first.at("/products/pageInfo/endCursor").asString());

        assertThat(first.at("/products/pageInfo/hasNextPage").asBoolean()).isTrue();
        assertThat(second.at("/products/edges/0/node/id")).isNotEqualTo(first.at("/products/edges/0/node/id"));
        assertThat(first.at("/categories/edges/0/node/products").asLong()).isPositive();
    }

    @Test
    void a_search_finds_and_counts_what_rest_does() {
        Client seller = signedUp("seller");
        String word = "search" + UUID.randomUUID().toString().replace("-", "");
        String create = "mutation($t: String!, $n: Long!) { createProduct(input: {title: $t, category: \"Tests\","
                + " price: {amount: 250, currency: \"EUR\"}, stock: $n}) { product { id } } }";
        String there = data(seller, create, "t", "Kettle " + word, "n", 3)
                .at("/createProduct/product/id")
                .asString();
        data(seller, create, "t", word + " teapot", "n", 0);

        JsonNode all = data(
                shop.anonymous(),
                "query($s: String) { products(search: $s, sort: RELEVANCE) { edges { node { id } }"
                        + " facets { products inStock categories { name products } sellers { id products }"
                        + " prices { from below products } } } }",
                "s",
                word);
        JsonNode inStock = data(
                shop.anonymous(),
                "query($s: String) { products(search: $s, inStock: true) { edges { node { id etag } } facets { products } } }",
                "s",
                word);
        JsonNode suggested = data(
                shop.anonymous(),
                "query($s: String!) { suggestions(q: $s, size: 5) { text kind } }",
                "s",
                word.substring(0, 12));

        Answer overRest = shop.anonymous().get("/api/v1/catalog/products?facets=true&search=" + word);
        assertThat(all.at("/products/edges").size()).isEqualTo(2);
        assertThat(all.at("/products/facets/inStock").asLong()).isEqualTo(1);
        assertThat(all.at("/products/facets/products").asLong()).isEqualTo(2);
        assertThat(all.at("/products/facets/categories"))
                .isEqualTo(overRest.json().at("/facets/categories"));
        assertThat(all.at("/products/facets/prices")).isEqualTo(overRest.json().at("/facets/prices"));
        assertThat(inStock.at("/products/edges").size()).isEqualTo(1);
        assertThat(inStock.at("/products/edges/0/node/id").asString()).isEqualTo(there);
        assertThat(inStock.at("/products/edges/0/node/etag").asString())
                .isEqualTo(shop.anonymous()
                        .get("/api/v1/catalog/products/" + there)
                        .header("ETag"));
        assertThat(suggested.at("/suggestions"))
                .isEqualTo(shop.anonymous()
                        .get("/api/v1/catalog/suggestions?size=5&q=" + word.substring(0, 12))
                        .json()
                        .at("/items"));
        assertThat(suggested.at("/suggestions").size()).isPositive();
    }

    @Test
    void a_refused_search_has_the_problem_of_rest() {
        Map<String, String> refused = Map.of(
                "products?sort=relevance",
                "products(sort: RELEVANCE) { edges { cursor } }",
                "suggestions?q=" + "x".repeat(201),
                "suggestions(q: \"" + "x".repeat(201) + "\") { text }",
                "products?search=" + "x".repeat(201),
                "products(search: \"" + "x".repeat(201) + "\") { edges { cursor } }",
                "suggestions?q=a&size=21",
                "suggestions(q: \"a\", size: 21) { text }");
        refused.forEach((rest, graphQl) -> {
            Answer overRest = shop.anonymous().get("/api/v1/catalog/" + rest).hasStatus(400);
            Answer inGraphQl = ask(shop.anonymous(), "{ " + graphQl + " }", Map.of());
            assertThat(inGraphQl.at("/errors/0/extensions/code")).as(rest).isEqualTo(overRest.at("/type"));
            assertThat(inGraphQl.json().at("/errors/0/extensions/errors"))
                    .isEqualTo(overRest.json().at("/errors"));
        });
    }

    @Test
    void of_two_changes_with_one_tag_one_is_made() {
        Client seller = signedUp("seller");
        JsonNode made = data(
                seller,
                "mutation { createProduct(input: {title: \"Cup\", category: \"Tests\","
                        + " price: {amount: 250, currency: \"EUR\"}, stock: 3}) { product { id etag } } }");
        String id = made.at("/createProduct/product/id").asString();
        Map<String, Object> change =
                Map.of("id", id, "tag", made.at("/createProduct/product/etag").asString());
        String rename = "mutation($id: ID!, $tag: String) { changeProduct(id: $id, input: {title: \"%s\"},"
                + " ifMatch: $tag) { product { title etag } } }";

        Answer first = ask(seller, rename.formatted("Mug"), change);
        Answer second = ask(seller, rename.formatted("Bowl"), change);
        Answer stock = ask(
                seller,
                "mutation($id: ID!, $tag: String) { addStock(productId: $id, quantity: 1, ifMatch: $tag)"
                        + " { product { title available } } }",
                change);

        assertThat(first.at("/data/changeProduct/product/title")).isEqualTo("Mug");
        assertThat(code(second)).isEqualTo("precondition-failed");
        assertThat(second.at("/errors/0/extensions/etag")).isEqualTo(first.at("/data/changeProduct/product/etag"));
        assertThat(stock.at("/data/addStock/product/title")).isEqualTo("Mug");
        assertThat(stock.at("/data/addStock/product/available")).isEqualTo("4");
    }
}
