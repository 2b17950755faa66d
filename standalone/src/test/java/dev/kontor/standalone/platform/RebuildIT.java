package dev.kontor.standalone.platform;

import static dev.kontor.standalone.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.kontor.standalone.Customer;
import dev.kontor.standalone.OnSharedKontor;
import dev.kontor.standalone.Product;
import dev.kontor.standalone.Product.Stock;
import dev.kontor.standalone.SharedKontor;
import dev.kontor.standalone.Shop;
import dev.kontor.testsupport.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** A view depends on the log only: a rebuilt one is the same, without anything that was not in the log. */
@OnSharedKontor
class RebuildIT {

    private static final Duration SOON = Duration.ofSeconds(90);

    private final Shop shop;
    private final Product sold;
    private final Customer buyer;

    RebuildIT(Shop shop) {
        this.shop = shop;
        this.sold = shop.listedProduct(50);
        this.buyer = shop.signedInCustomer();
    }

    @BeforeEach
    void a_history_that_is_over() {
        String kept = buyer.orders(sold.times(3)).hasStatus(201).at("/id");
        String cancelled = buyer.orders(sold.times(4)).hasStatus(201).at("/id");
        buyer.cancels(cancelled).hasStatus(200);
        buyer.orders(sold.times(51)).isProblem(409, "insufficient-stock");
        shop.admin().ships(kept).hasStatus(200);
        shop.reprice(sold, 777);
        buyer.puts(2, sold).hasStatus(200);
        eventually(
                SOON,
                "every event is in the views",
                this::views,
                all -> all.stream().allMatch(view -> view.get("lag").asLong() == 0));
    }

    @ParameterizedTest
    @CsvSource({
        "catalog, catalog",
        "carts, carts",
        "orders, orders",
        "customers, customers",
        "sessions, sessions",
        "sessions, proofs"
    })
    void a_rebuilt_view_has_the_same_documents_as_before(String view, String collection) {
        Map<Object, Map<String, Object>> before = documents(collection);
        assertThat(before).isNotEmpty();

        rebuild(view);

        assertThat(documents(collection)).isEqualTo(before);
    }

    @Test
    void a_rebuilt_search_index_finds_the_same_products() {
        String search = "/api/v1/catalog/products?facets=true&pageSize=100&search="
                + sold.title().replace(" ", "%20");
        String before = shop.anonymous().get(search).hasStatus(200).body();
        assertThat(before).contains(sold.id());

        rebuild("product-search");

        assertThat(shop.anonymous().get(search).hasStatus(200).body()).isEqualTo(before);
    }

    @Test
    void what_happens_after_a_rebuild_goes_on_where_it_ended() {
        rebuild("catalog");
        rebuild("orders");

        buyer.orders(sold.times(7)).hasStatus(201);

        assertThat(shop.stockOf(sold)).isEqualTo(new Stock(40, 7));
        assertThat(buyer.allOrders()).hasSize(4);
    }

    @Test
    void every_view_reports_its_progress() {
        assertThat(views())
                .extracting(view -> view.get("name").asString())
                .containsExactlyInAnyOrder("catalog", "carts", "orders", "customers", "product-search", "sessions");
        assertThat(views()).allSatisfy(view -> {
            assertThat(view.get("head").asLong()).isPositive();
            assertThat(view.get("position").asLong()).isEqualTo(view.get("head").asLong());
        });
    }

    @Test
    void a_view_that_does_not_exist_is_not_rebuilt() {
        shop.admin().client().post("/api/v1/admin/views/nothing/rebuild").isProblem(404, "view-not-found");
    }

    @Test
    void reads_are_complete_while_views_are_rebuilt_switched_and_switched_back() throws Exception {
        assumeFalse(SharedKontor.IN_PROCESSES, "over MongoDB a rebuild deletes the documents first");
        Set<String> orders = ids();
        Stock stock = shop.stockOf(sold);
        AtomicLong reads = new AtomicLong();
        AtomicBoolean isOver = new AtomicBoolean();
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        Thread reader = Thread.ofVirtual().start(() -> {
            try {
                while (!isOver.get()) {
                    assertThat(ids()).isEqualTo(orders);
                    assertThat(shop.stockOf(sold)).isEqualTo(stock);
                    reads.incrementAndGet();
                }
            } catch (Throwable e) {
                failures.add(e);
            }
        });

        for (String view : List.of("orders", "catalog")) {
            rebuild(view);
            long previous = view(view).at("/other/generation").asLong();
            long now = view(view).at("/generation").asLong();
            for (long live : List.of(previous, now)) {
                assertThat(change(view, Map.of("live", live)).at("/generation")).isEqualTo(String.valueOf(live));
            }
        }
        long soFar = reads.get();
        eventually(SOON, "a read after the last switch", reads::get, count -> count > soFar || !failures.isEmpty());
        isOver.set(true);
        reader.join();

        assertThat(failures).isEmpty();
    }

    @Test
    void a_generation_is_compared_and_waits_until_readers_are_switched_to_it() {
        assumeFalse(SharedKontor.IN_PROCESSES, "over MongoDB a rebuild deletes the documents first");
        long before = view("orders").get("generation").asLong();

        shop.admin()
                .client()
                .post("/api/v1/admin/views/orders/rebuild?switch=ASK&share=50")
                .hasStatus(202);
        JsonNode built = eventually(
                SOON,
                "orders are built",
                () -> view("orders"),
                now -> now.at("/rebuild/state").asString().equals("READY"));

        assertThat(built.get("generation").asLong()).isEqualTo(before);
        JsonNode compared = built.at("/other/comparison");
        assertThat(compared.get("documents").asLong())
                .isEqualTo(compared.get("otherDocuments").asLong())
                .isPositive();
        assertThat(compared.get("digest")).isEqualTo(compared.get("otherDigest"));
        shop.admin().client().post("/api/v1/admin/views/orders/rebuild").isProblem(409, "rebuild-running");
        long other = built.at("/other/generation").asLong();
        shop.admin()
                .client()
                .delete("/api/v1/admin/views/orders/generations/" + before)
                .isProblem(409, "rebuild-state");
        shop.admin()
                .client()
                .delete("/api/v1/admin/views/orders/generations/" + other)
                .hasStatus(200);
        assertThat(view("orders").has("other")).isFalse();
        assertThat(view("orders").at("/rebuild/state").asString()).isEqualTo("CANCELLED");
        shop.admin()
                .client()
                .sendJson("PATCH", "/api/v1/admin/views/orders", Map.of("live", other))
                .isProblem(409, "rebuild-state");
        shop.admin().client().post("/api/v1/admin/views/orders/rebuild?share=0").isProblem(400, "invalid-request");
    }

    private Set<String> ids() {
        return buyer.allOrders().stream()
                .map(order -> order.get("id").asString())
                .collect(Collectors.toSet());
    }

    private Answer change(String view, Map<String, ?> change) {
        return shop.admin()
                .client()
                .sendJson("PATCH", "/api/v1/admin/views/" + view, change)
                .hasStatus(200);
    }

    private void rebuild(String view) {
        Answer begun = shop.admin()
                .client()
                .post("/api/v1/admin/views/" + view + "/rebuild")
                .hasStatus(202);
        assertThat(begun.at("/rebuild/state")).isEqualTo("RUNNING");
        assertThat(begun.header("Location")).isEqualTo("/api/v1/admin/views");
        long generation = Long.parseLong(begun.at("/rebuild/generation"));
        JsonNode done = eventually(SOON, view + " is rebuilt", () -> view(view), now -> {
            assertThat(now.at("/rebuild/generation").asLong()).isEqualTo(generation);
            return now.at("/rebuild/state").asString().equals("DONE");
        });
        assertThat(done.at("/generation").asLong()).isEqualTo(generation);
        assertThat(done.at("/rebuild/total").asLong()).isPositive();
        assertThat(done.at("/rebuild/done").asLong())
                .isEqualTo(done.at("/rebuild/total").asLong());
        assertThat(done.at("/rebuild/eventsPerSecond").asLong()).isPositive();
    }

    private JsonNode view(String name) {
        return views().stream()
                .filter(view -> view.get("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<JsonNode> views() {
        return shop.admin().client().get("/api/v1/admin/views").hasStatus(200).items();
    }

    private Map<Object, Map<String, Object>> documents(String collection) {
        return StoredViews.of(shop.admin(), views -> views.documents().get(collection));
    }
}
