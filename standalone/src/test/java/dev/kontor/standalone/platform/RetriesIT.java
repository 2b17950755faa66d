package dev.kontor.standalone.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.Client;
import dev.kontor.standalone.Customer;
import dev.kontor.standalone.OnSharedKontor;
import dev.kontor.standalone.ParallelClients;
import dev.kontor.standalone.Product;
import dev.kontor.standalone.SharedKontor;
import dev.kontor.standalone.Shop;
import dev.kontor.standalone.platform.KeyedPost.Scene;
import dev.kontor.testsupport.Answer;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** {@code Idempotency-Key} of a whole Kontor: a repeat has no further effect, and gets the same answer. */
@OnSharedKontor
class RetriesIT {

    private static final int THREADS = 64;

    private final Shop shop;

    RetriesIT(Shop shop) {
        this.shop = shop;
    }

    static List<KeyedPost> posts() {
        // Only the process with the log has checkpoints.
        return KeyedPost.ALL.subList(0, KeyedPost.ALL.size() - (SharedKontor.IN_PROCESSES ? 1 : 0));
    }

    private static String aKey() {
        return "key-" + UUID.randomUUID();
    }

    @ParameterizedTest
    @MethodSource("posts")
    void the_same_key_twice_is_one_effect_and_one_answer(KeyedPost post) {
        Scene scene = post.scene(shop);
        String key = aKey();
        long before = post.count(shop, scene);

        Answer first = post.send(shop, scene, key);
        Answer second = post.send(shop, scene, key);

        assertThat(first.status()).isBetween(200, 204);
        isReplayOf(first, second);
        assertThat(post.count(shop, scene)).isEqualTo(before + post.counted().once());
    }

    private static void isReplayOf(Answer first, Answer second) {
        assertThat(second.status()).isEqualTo(first.status());
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.header("Content-Type")).isEqualTo(first.header("Content-Type"));
        assertThat(second.header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
    }

    @ParameterizedTest
    @MethodSource("posts")
    void the_same_key_with_another_body_is_refused(KeyedPost post) {
        Scene scene = post.scene(shop);
        String key = aKey();
        post.send(shop, scene, key);
        long after = post.count(shop, scene);

        post.sendOther(shop, scene, key).isProblem(422, "idempotency-key-reused");

        assertThat(post.count(shop, scene)).isEqualTo(after);
    }

    @ParameterizedTest
    @MethodSource("posts")
    void sixty_four_threads_with_one_key_have_one_effect_and_get_equal_answers(KeyedPost post) {
        Scene scene = post.scene(shop);
        String key = aKey();
        long before = post.count(shop, scene);

        List<Answer> answers = ParallelClients.allAtOnce(THREADS, () -> post.send(shop, scene, key));

        assertThat(answers)
                .hasSize(THREADS)
                .allSatisfy(answer -> assertThat(answer.status()).isBetween(200, 204));
        assertThat(answers.stream()
                        .map(answer -> answer.status() + answer.body() + answer.header("ETag"))
                        .distinct())
                .hasSize(1);
        assertThat(answers.stream()
                        .filter(answer -> answer.header("Idempotent-Replayed").isEmpty())
                        .count())
                .isLessThanOrEqualTo(1);
        assertThat(post.count(shop, scene)).isEqualTo(before + post.counted().once());
    }

    @Test
    @DisabledIfSystemProperty(named = "kontor.test.processes", matches = "true")
    void sixty_four_checkpoints_with_one_key_are_one_folder() {
        KeyedPost checkpoint = KeyedPost.ALL.getLast();
        Scene scene = checkpoint.scene(shop);
        long before = KeyedPost.checkpointsBeside(checkpoint.send(shop, scene, aKey()));
        String key = aKey();

        List<Answer> answers = ParallelClients.allAtOnce(THREADS, () -> checkpoint.send(shop, scene, key));

        assertThat(KeyedPost.checkpointsBeside(answers.getFirst())).isEqualTo(before + 1);
    }

    /** A new operation is added to one of the two tables. */
    @Test
    void the_tables_have_every_post() {
        Set<String> documented = new TreeSet<>();
        Set<String> taking = new TreeSet<>();
        description().properties().forEach(path -> {
            JsonNode post = path.getValue().get("post");
            if (post != null) {
                documented.add(ResourceChange.shape(path.getKey()));
                if (takesKey(post)) {
                    taking.add(ResourceChange.shape(path.getKey()));
                }
            }
        });
        Set<String> known = KeyedPost.ALL.stream().map(KeyedPost::described).collect(Collectors.toSet());

        assertThat(taking).isEqualTo(known);
        Set<String> all = new HashSet<>(known);
        all.addAll(KeyedPost.WITHOUT_A_KEY);
        assertThat(documented).isEqualTo(all);
    }

    private JsonNode description() {
        return shop.anonymous().get("/v3/api-docs").hasStatus(200).json().get("paths");
    }

    private static boolean takesKey(JsonNode operation) {
        return operation
                .path("parameters")
                .valueStream()
                .anyMatch(parameter -> parameter.path("name").asString().equals("Idempotency-Key"));
    }

    @Test
    void a_key_that_an_operation_does_not_take_is_refused() {
        Client admin = shop.admin().client();
        description()
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(operation -> !takesKey(operation.getValue()))
                        .forEach(operation -> {
                            String filled = path.getKey()
                                    .replaceAll("\\{\\w+}", UUID.randomUUID().toString());
                            Answer refused = admin.sendJson(
                                    operation.getKey().toUpperCase(),
                                    filled,
                                    "{}",
                                    "Idempotency-Key",
                                    aKey(),
                                    "Accept",
                                    "*/*");
                            assertThat(refused.status())
                                    .as(operation.getKey() + " " + path.getKey() + " " + refused.body())
                                    .isEqualTo(400);
                            assertThat(refused.at("/errors/0/field")).isEqualTo("Idempotency-Key");
                        }));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "long"})
    void a_malformed_key_is_refused_and_changes_nothing(String text) {
        Customer owner = shop.signedInCustomer();
        String key = text.equals("long") ? "k".repeat(201) : text;

        owner.client()
                .sendJson("POST", "/api/v1/catalog/products", ResourceChange.aProduct(), "Idempotency-Key", key)
                .isProblem(400, "invalid-request");

        assertThat(owner.client().get("/api/v1/catalog/products?seller=me").items())
                .isEmpty();
    }

    @Test
    void two_keys_are_refused() {
        shop.signedInCustomer()
                .client()
                .sendJson(
                        "POST",
                        "/api/v1/catalog/products",
                        ResourceChange.aProduct(),
                        "Idempotency-Key",
                        aKey(),
                        "Idempotency-Key",
                        aKey())
                .isProblem(400, "invalid-request");
    }

    @Test
    void an_answer_that_is_not_final_is_told_later() {
        Customer owner = shop.signedInCustomer();
        Product thing = shop.listedProduct(5);
        Map<String, Object> order = Map.of("lines", List.of(thing.times(2)));
        String key = aKey();

        owner.client()
                .sendJson("POST", "/api/v1/orders", order, "Idempotency-Key", key, "Prefer", "respond-async")
                .hasStatus(202);
        Answer later = owner.client()
                .sendJson("POST", "/api/v1/orders", order, "Idempotency-Key", key, "Prefer", "wait=30")
                .hasStatus(201);

        assertThat(later.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(owner.allOrders()).hasSize(1);
    }

    @Test
    void a_kept_answer_shows_what_was_so_then() {
        Product thing = shop.listedProduct(5);
        Client seller = shop.seller().client();
        String path = "/api/v1/catalog/products/" + thing.id() + "/stock";
        String key = aKey();
        Answer first = seller.sendJson("POST", path, Map.of("change", 1), "Idempotency-Key", key)
                .hasStatus(200);
        shop.restock(thing, 100);

        Answer second = seller.sendJson("POST", path, Map.of("change", 1), "Idempotency-Key", key);

        isReplayOf(first, second);
        assertThat(second.number("/available")).isEqualTo(6);
    }

    @Test
    void a_refusal_without_an_effect_is_not_kept() {
        Product thing = shop.listedProduct(1);
        Client seller = shop.seller().client();
        String path = "/api/v1/catalog/products/" + thing.id() + "/stock";
        String key = aKey();
        seller.sendJson("POST", path, Map.of("change", -2), "Idempotency-Key", key)
                .isProblem(409, "insufficient-stock");
        shop.restock(thing, 5);

        seller.sendJson("POST", path, Map.of("change", -2), "Idempotency-Key", key)
                .hasStatus(200);
    }

    @Test
    void a_rejected_order_is_an_effect() {
        Customer buyer = shop.signedInCustomer();
        Product thing = shop.listedProduct(1);
        String key = aKey();
        Answer first = buyer.ordersWithKey(key, thing.times(2)).isProblem(409, "insufficient-stock");
        shop.restock(thing, 5);

        isReplayOf(first, buyer.ordersWithKey(key, thing.times(2)));
    }

    @Test
    void the_same_key_of_another_customer_is_another_key() {
        String key = aKey();
        for (Customer each : List.of(shop.signedInCustomer(), shop.signedInCustomer())) {
            Answer listed = each.client()
                    .sendJson("POST", "/api/v1/catalog/products", ResourceChange.aProduct(), "Idempotency-Key", key)
                    .hasStatus(201);
            assertThat(listed.header("Idempotent-Replayed")).isEmpty();
        }
    }

    @Test
    void another_condition_is_another_request() {
        Product thing = shop.listedProduct(1);
        Client seller = shop.seller().client();
        String path = "/api/v1/catalog/products/" + thing.id() + "/stock";
        String tag = shop.look(thing).header("ETag");
        String key = aKey();
        Answer first = seller.sendJson("POST", path, Map.of("change", 1), "Idempotency-Key", key, "If-Match", tag)
                .hasStatus(200);

        seller.sendJson("POST", path, Map.of("change", 1), "Idempotency-Key", key)
                .isProblem(422, "idempotency-key-reused");
        // Its own effect has changed the version that it requires.
        isReplayOf(first, seller.sendJson("POST", path, Map.of("change", 1), "Idempotency-Key", key, "If-Match", tag));
    }
}
