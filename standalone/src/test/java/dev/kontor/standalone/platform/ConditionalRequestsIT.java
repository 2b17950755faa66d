package dev.kontor.standalone.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.Client;
import dev.kontor.standalone.Customer;
import dev.kontor.standalone.OnSharedKontor;
import dev.kontor.standalone.ParallelClients;
import dev.kontor.standalone.Product;
import dev.kontor.standalone.Shop;
import dev.kontor.testsupport.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** {@code ETag}, {@code If-None-Match} and {@code If-Match} of a whole Kontor. */
@OnSharedKontor
class ConditionalRequestsIT {

    private static final int ROUNDS = 1_000;
    private static final String CART = "/api/v1/cart";
    private static final String ME = "/api/v1/customers/me";
    private static final Map<String, Integer> TWO = Map.of("quantity", 2);

    private final Shop shop;

    ConditionalRequestsIT(Shop shop) {
        this.shop = shop;
    }

    static List<ResourceChange> changes() {
        return ResourceChange.ALL;
    }

    @Test
    void of_two_changes_with_one_tag_one_is_made() {
        Product product = shop.listedProduct(1);
        String path = "/api/v1/catalog/products/" + product.id();
        Client seller = shop.seller().client();
        String tag = shop.look(product).header("ETag");

        for (int round = 0; round < ROUNDS; round++) {
            String known = tag;
            List<Callable<Answer>> two = List.of(
                    () -> seller.sendJson("PATCH", path, Map.of("description", "one " + known), "If-Match", known),
                    () -> seller.sendJson("PATCH", path, Map.of("description", "two " + known), "If-Match", known));
            Map<Integer, List<Answer>> answers = ParallelClients.share(2, two, Duration.ofSeconds(120)).stream()
                    .collect(Collectors.groupingBy(Answer::status));

            assertThat(answers).as("round %d: %s", round, answers).containsOnlyKeys(200, 412);
            Answer made = answers.get(200).getFirst();
            Answer refused = answers.get(412).getFirst().isProblem(412, "precondition-failed");
            assertThat(refused.header("ETag")).isEqualTo(made.header("ETag"));
            tag = made.header("ETag");
            if (round == ROUNDS - 1) {
                assertThat(shop.look(product).at("/description")).isEqualTo(made.at("/description"));
            }
        }
        assertThat(shop.look(product).number("/version")).isEqualTo(ROUNDS);
    }

    @Test
    void a_product_is_changed_while_it_is_sold() {
        Product product = shop.listedProduct(1_000);
        Customer buyer = shop.signedInCustomer();
        Client seller = shop.seller().client();
        String path = "/api/v1/catalog/products/" + product.id();
        String tag = shop.look(product).header("ETag");
        List<Callable<Answer>> acts = IntStream.range(0, 40)
                .<Callable<Answer>>mapToObj(i -> () -> buyer.orders(product.times(1)))
                .toList();

        assertThat(ParallelClients.share(8, acts.subList(0, 20), Duration.ofSeconds(120)))
                .allSatisfy(order -> order.hasStatus(201));
        shop.restock(product, 5);
        Answer changed = seller.sendJson("PATCH", path, Map.of("description", "Sells."), "If-Match", tag)
                .hasStatus(200);
        assertThat(ParallelClients.share(8, acts.subList(20, 40), Duration.ofSeconds(120)))
                .allSatisfy(order -> order.hasStatus(201));
        seller.sendJson("PATCH", path, Map.of("description", "Late."), "If-Match", tag)
                .isProblem(412, "precondition-failed");
        seller.sendJson("POST", path + "/stock", Map.of("change", 5), "If-Match", changed.header("ETag"))
                .hasStatus(200);

        assertThat(shop.look(product).at("/description")).isEqualTo("Sells.");
    }

    @Test
    void a_tag_changes_with_everything_that_is_shown() {
        Customer owner = shop.signedInCustomer();
        Client client = owner.client();
        String id = client.sendJson("POST", "/api/v1/catalog/products", ResourceChange.aProduct())
                .hasStatus(201)
                .at("/id");
        String path = "/api/v1/catalog/products/" + id;
        String product = shop.anonymous().get(path).header("ETag");
        String cart = client.sendJson("PUT", CART + "/items/" + id, TWO)
                .hasStatus(200)
                .header("ETag");
        assertThat(shop.anonymous()
                        .get(path, "If-None-Match", product)
                        .hasStatus(304)
                        .body())
                .isEmpty();
        client.get(CART, "If-None-Match", cart).hasStatus(304);

        client.sendJson("PATCH", ME, Map.of("name", "Renamed")).hasStatus(200);
        Answer renamed = shop.anonymous().get(path, "If-None-Match", product).hasStatus(200);
        assertThat(renamed.at("/seller/name")).isEqualTo("Renamed");
        // A new name of the seller is no change of the offer.
        Answer repriced = client.sendJson(
                        "PATCH", path, Map.of("price", Map.of("amount", 7, "currency", "EUR")), "If-Match", product)
                .hasStatus(200);
        assertThat(repriced.header("ETag"))
                .isEqualTo(shop.anonymous().get(path).header("ETag"))
                .isNotEqualTo(renamed.header("ETag"));

        Answer dearer = client.get(CART, "If-None-Match", cart).hasStatus(200);
        assertThat(dearer.number("/total/amount")).isEqualTo(14);
        // A new price is no change of the cart.
        client.sendJson("PUT", CART + "/items/" + id, Map.of("quantity", 3), "If-Match", cart)
                .hasStatus(200);
    }

    @Test
    void a_cart_that_never_held_an_item_has_a_tag_too() {
        Customer buyer = shop.signedInCustomer();
        Client client = buyer.client();
        String item = CART + "/items/" + shop.listedProduct(1).id();
        String tag = client.get(CART).hasStatus(200).header("ETag");

        client.delete(CART, "If-Match", tag).hasStatus(204);
        Answer refused = client.delete(CART, "If-Match", "\"3:AAAAAAAAAAAAAAAA\"");
        refused.isProblem(412, "precondition-failed");
        client.sendJson("PUT", item, TWO, "If-Match", tag).hasStatus(200);
        client.sendJson("PUT", item, TWO, "If-Match", tag).isProblem(412, "precondition-failed");

        assertThat(refused.header("ETag")).isEqualTo(tag);
    }

    @Test
    void what_is_expanded_has_a_tag_of_its_own() {
        Product product = shop.listedProduct(9);
        Customer buyer = shop.signedInCustomer();
        String order = "/api/v1/orders/"
                + buyer.orders(product.times(2)).hasStatus(201).at("/id");

        Answer expanded =
                buyer.client().get(order + "?expand=products,customer").hasStatus(200);
        Answer again =
                shop.admin().client().get(order + "?expand=customer,products").hasStatus(200);
        shop.restock(product, 1);
        Answer later = buyer.client()
                .get(order + "?expand=products,customer", "If-None-Match", expanded.header("ETag"))
                .hasStatus(200);

        assertThat(expanded.number("/products/0/available")).isEqualTo(7);
        assertThat(expanded.at("/customer/email")).isEqualTo(buyer.email());
        assertThat(again.header("ETag"))
                .isEqualTo(expanded.header("ETag"))
                .isNotEqualTo(buyer.client().get(order).header("ETag"));
        assertThat(later.number("/products/0/available")).isEqualTo(8);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void a_change_of_something_that_has_changed_since_is_refused_and_changes_nothing(ResourceChange change) {
        Customer owner = shop.signedInCustomer();
        Map<String, String> names = change.scene(shop, owner);
        Client caller = change.asAdmin() ? shop.admin().client() : owner.client();
        Client reader = change.resource().startsWith("/api/v1/customers/{id}")
                ? shop.admin().client()
                : caller;
        String resource = ResourceChange.filled(change.resource(), names);
        String known = reader.get(resource).hasStatus(200).header("ETag");

        if (change.makesStale() == null) {
            assertThat(change.send(caller, names, known).status()).isBetween(200, 204);
        } else {
            caller.sendJson("PATCH", resource, change.makesStale()).hasStatus(200);
        }
        Answer before = reader.get(resource).hasStatus(200);
        Answer refused = change.send(caller, names, known).isProblem(412, "precondition-failed");
        Answer after = reader.get(resource).hasStatus(200);

        assertThat(refused.header("ETag")).isEqualTo(before.header("ETag"));
        assertThat(after.header("ETag")).isEqualTo(before.header("ETag"));
        assertThat(after.body()).isEqualTo(before.body());
    }

    @Test
    void a_changed_standing_is_not_changed_again_with_an_old_tag() {
        Customer customer = shop.signedInCustomer();
        Client admin = shop.admin().client();
        String path = "/api/v1/customers/" + customer.id();
        String known = admin.get(path).header("ETag");

        // Another part.
        admin.sendJson("PATCH", path, Map.of("name", "Other"), "If-Match", known)
                .hasStatus(200);
        admin.sendJson("PATCH", path, Map.of("status", "DEACTIVATED"), "If-Match", known)
                .hasStatus(200);
        for (String status : List.of("ACTIVE", "DEACTIVATED")) {
            admin.sendJson("PATCH", path, Map.of("status", status), "If-Match", known)
                    .isProblem(412, "precondition-failed");
        }

        assertThat(admin.get(path).at("/status")).isEqualTo("DEACTIVATED");
    }

    /** A new operation is added to one of the two tables. */
    @Test
    void the_tables_have_every_operation_that_changes_something() {
        JsonNode paths =
                shop.anonymous().get("/v3/api-docs").hasStatus(200).json().get("paths");
        Set<String> documented = new TreeSet<>();
        Set<String> taking = new TreeSet<>();
        paths.properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(operation -> !operation.getKey().equals("get"))
                        .forEach(operation -> {
                            String name = operation.getKey().toUpperCase() + " " + ResourceChange.shape(path.getKey());
                            documented.add(name);
                            if (takesIfMatch(operation.getValue())) {
                                taking.add(name);
                            }
                        }));
        Set<String> changing = ResourceChange.ALL.stream()
                .map(change -> ResourceChange.shape(change.toString()))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(taking).isEqualTo(changing);
        changing.addAll(ResourceChange.WITHOUT_A_RESOURCE);
        assertThat(documented).isEqualTo(changing);
    }

    private static boolean takesIfMatch(JsonNode operation) {
        return operation
                .path("parameters")
                .valueStream()
                .anyMatch(parameter -> parameter.path("name").asString().equals("If-Match"));
    }
}
