package dev.kontor.standalone.platform;

import static dev.kontor.standalone.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.Customer;
import dev.kontor.standalone.KontorProcess;
import dev.kontor.standalone.Product;
import dev.kontor.standalone.Shop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A rebuild goes on after a kill, wherever it was, and readers see whole views all the time. */
class KilledRebuildIT {

    private static final Duration GRACE = Duration.ofSeconds(90);
    private static final int KILLS = Integer.getInteger("kontor.rebuild.kills", 3);
    private static final int BUYERS = 5;
    private static final int CHANGES = 500;
    /** A batch has so many events at most, and only whole batches count as read. */
    private static final int BATCH = 1_000;

    private static final Map<String, String> FIRST_ADMIN =
            Map.of("KONTOR_ADMIN_EMAIL", "first@example.com", "KONTOR_ADMIN_PASSWORD", "the first admin's password");

    @TempDir
    Path data;

    private KontorProcess kontor;
    private Shop shop;

    @AfterEach
    void close() {
        if (kontor != null) {
            kontor.close();
        }
    }

    private void start() {
        kontor = KontorProcess.begin(data, FIRST_ADMIN).untilReady();
        shop = new Shop(kontor);
    }

    @Test
    void a_rebuild_that_is_killed_again_and_again_ends_with_the_same_documents() {
        start();
        Product thing = shop.listedProduct(10);
        Customer buyer = fillCarts(thing);
        Map<Object, Map<String, Object>> before = carts();
        long last = view().get("generation").asLong();

        for (int kill = 0; kill < KILLS; kill++) {
            // The share makes the build so slow that the kills find it at different places.
            admin().client().post("/api/v1/admin/views/carts/rebuild?share=5").hasStatus(202);
            long building = view().at("/rebuild/generation").asLong();
            long read = kill % 3 * BATCH;
            eventually(
                    GRACE,
                    read + " events are read",
                    this::view,
                    now -> now.at("/rebuild/done").asLong() >= read);
            kontor.kill();
            start();

            assertThat(shop.look(thing).hasStatus(200).at("/id")).isEqualTo(thing.id());
            assertThat(buyer.at(shop)
                            .client()
                            .get("/api/v1/cart")
                            .hasStatus(200)
                            .at("/items/0/quantity"))
                    .isEqualTo(String.valueOf((CHANGES - 1) % 7 + 1));
            JsonNode done = eventually(
                    GRACE,
                    "generation " + building + " is the live one",
                    this::view,
                    now -> now.get("generation").asLong() == building);
            assertThat(done.get("generation").asLong()).isGreaterThan(last);
            assertThat(carts()).isEqualTo(before);
            last = building;

            // What was live before goes on after a kill too, and readers can be switched back.
            kontor.kill();
            start();
            long previous = view().at("/other/generation").asLong();
            admin().client()
                    .sendJson("PATCH", "/api/v1/admin/views/carts", Map.of("live", previous))
                    .hasStatus(200);
            assertThat(carts()).isEqualTo(before);
        }
    }

    /** Returns one of the customers. */
    private Customer fillCarts(Product thing) {
        List<Customer> buyers =
                Stream.generate(shop::signedInCustomer).limit(BUYERS).toList();
        try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> filled = new ArrayList<>();
            for (Customer buyer : buyers) {
                filled.add(all.submit(() -> {
                    for (int n = 0; n < CHANGES; n++) {
                        buyer.puts(n % 7 + 1, thing).hasStatus(200);
                    }
                }));
            }
            for (Future<?> each : filled) {
                assertThat(each).succeedsWithin(GRACE);
            }
        }
        return buyers.getFirst();
    }

    private JsonNode view() {
        List<JsonNode> views =
                admin().client().get("/api/v1/admin/views").hasStatus(200).items();
        return views.stream()
                .filter(view -> view.get("name").asString().equals("carts"))
                .findFirst()
                .orElseThrow();
    }

    private Map<Object, Map<String, Object>> carts() {
        return StoredViews.of(admin(), views -> views.documents().get("carts"));
    }

    private Customer admin() {
        return shop.signedIn(FIRST_ADMIN.get("KONTOR_ADMIN_EMAIL"), FIRST_ADMIN.get("KONTOR_ADMIN_PASSWORD"));
    }
}
