package dev.kontor.standalone.platform;

import static dev.kontor.standalone.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.Customer;
import dev.kontor.standalone.KontorProcess;
import dev.kontor.standalone.Product;
import dev.kontor.standalone.Product.Stock;
import dev.kontor.standalone.Shop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A restart does not read again what the views have read; unusable views are rebuilt from the log. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ViewsSurviveIT {

    private static final Duration GRACE = Duration.ofSeconds(60);
    private static final Map<String, String> FIRST_ADMIN =
            Map.of("KONTOR_ADMIN_EMAIL", "first@example.com", "KONTOR_ADMIN_PASSWORD", "the first admin's password");

    private Path stopped;
    private Path data;
    private KontorProcess kontor;
    private Shop shop;
    private Customer buyer;
    private Customer seller;
    private Product thing;
    private String order;

    @BeforeAll
    void a_history_that_was_stopped(@TempDir Path folder) {
        stopped = folder;
        data = folder;
        start();
        thing = shop.listedProduct(10);
        seller = shop.seller();
        buyer = shop.signedInCustomer();
        order = buyer.orders(thing.times(4)).hasStatus(201).at("/id");
        buyer.puts(2, thing).hasStatus(200);
        for (int restock = 0; restock < 50; restock++) {
            restock(1);
        }
        untilAllIsStored();
        stop();
    }

    /** Also for views that ignore most events: they store their progress now and then. */
    private void untilAllIsStored() {
        Customer admin = admin();
        long head = admin.client()
                .get("/api/v1/admin/views")
                .hasStatus(200)
                .items()
                .getFirst()
                .get("head")
                .asLong();
        eventually(
                GRACE,
                "all views have stored that they have read " + head + " events",
                () -> StoredViews.of(admin, StoredViews::tokens),
                stored -> stored.size() == 5
                        && stored.stream().allMatch(token -> token.contains("\"globalIndex\":" + (head - 1))));
    }

    @BeforeEach
    void a_copy_of_it(@TempDir Path folder) throws IOException {
        data = folder.resolve("data");
        copy(stopped, data);
    }

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

    private void stop() {
        kontor.stop();
        kontor.exitCode(GRACE);
    }

    private void restock(int change) {
        seller.at(shop)
                .client()
                .sendJson("POST", "/api/v1/catalog/products/" + thing.id() + "/stock", Map.of("change", change))
                .hasStatus(200);
    }

    private Path views() {
        return data.resolve("views");
    }

    private record Read(long events, long ofAll) {}

    /** The lines of the start about the views. */
    private Read read() {
        Matcher said =
                Pattern.compile("Views +read ([\\d,]+) of ([\\d,]+) events").matcher(kontor.output());
        assertThat(said.find()).as(kontor.output()).isTrue();
        return new Read(number(said.group(1)), number(said.group(2)));
    }

    private static long number(String said) {
        return Long.parseLong(said.replace(",", ""));
    }

    private void assertThatAllShows() {
        assertThat(shop.stockOf(thing)).isEqualTo(new Stock(56, 4));
        assertThat(buyer.at(shop).statusOf(order)).isEqualTo("CONFIRMED");
        assertThat(buyer.at(shop).allOrders()).hasSize(1);
        assertThat(buyer.at(shop).cart()).containsExactly("2 × " + thing.title());
        assertThat(shop.signedIn(buyer.email(), Shop.PASSWORD).id()).isEqualTo(buyer.id());
    }

    /** Everything is there, and the shop continues. */
    private void assertThatItWorks() {
        assertThatAllShows();
        restock(1);
        assertThat(shop.stockOf(thing)).isEqualTo(new Stock(57, 4));
    }

    private void assertThatAllWasReadAnew(String because) {
        assertThat(kontor.output()).containsPattern("WARN .*views: .*discarded.*" + because);
        assertThat(read().events()).isEqualTo(read().ofAll()).isGreaterThan(50);
        assertThatItWorks();
    }

    @Test
    void after_a_clean_restart_no_event_is_read_again() {
        start();

        assertThat(read().events()).isZero();
        assertThat(read().ofAll()).isGreaterThan(50);
        assertThat(kontor.output()).doesNotContain("WARN", "ERROR");
        assertThatItWorks();
    }

    @Test
    void after_a_kill_only_events_that_were_not_stored_are_read() {
        start();
        restock(1);
        restock(-1);
        kontor.kill();
        start();

        assertThat(read().events()).isLessThan(10);
        assertThatItWorks();
        assertThat(kontor.output()).doesNotContain("WARN", "ERROR");
    }

    @Test
    void deleted_views_are_rebuilt_from_the_log() throws IOException {
        Folders.delete(views());
        start();

        assertThat(read().events()).isEqualTo(read().ofAll()).isGreaterThan(50);
        assertThatItWorks();
    }

    @Test
    void incomplete_views_are_rebuilt_from_the_log() throws IOException {
        Files.delete(views().resolve("CURRENT"));
        start();

        assertThatAllWasReadAnew("incomplete");
    }

    @Test
    void damaged_views_are_rebuilt_from_the_log() throws IOException {
        try (Stream<Path> files = Files.list(views())) {
            Path manifest = files.filter(file -> file.getFileName().toString().startsWith("MANIFEST"))
                    .findFirst()
                    .orElseThrow();
            byte[] bytes = Files.readAllBytes(manifest);
            bytes[bytes.length / 2] ^= 0x10;
            Files.write(manifest, bytes);
        }
        start();

        assertThatAllWasReadAnew("cannot be opened");
    }

    @Test
    void views_of_another_log_are_not_shown(@TempDir Path elsewhere) throws IOException {
        try (KontorProcess other = KontorProcess.begin(elsewhere, FIRST_ADMIN).untilReady()) {
            new Shop(other).listedProduct(1);
            other.stop();
            other.exitCode(GRACE);
        }
        Folders.delete(views());
        copy(elsewhere.resolve("views"), views());
        start();

        assertThatAllWasReadAnew("another log");
    }

    @Test
    void views_of_events_that_the_log_has_lost_are_not_shown(@TempDir Path backup) throws IOException {
        copy(data.resolve("log"), backup.resolve("log"));
        start();
        restock(1_000);
        stop();
        Folders.delete(data.resolve("log"));
        copy(backup.resolve("log"), data.resolve("log"));
        start();

        assertThatAllWasReadAnew("log");
    }

    @Test
    void a_rebuild_removes_documents_that_were_inserted_by_hand() {
        EditedViews.edit(data, views -> {
            views.change(
                    "catalog",
                    thing.id(),
                    product -> product.append("stock", new Document("available", 1_000_000L).append("reserved", 0L))
                            .append("poisoned", true));
            views.add("catalog", new Document("_id", "poison").append("version", 99L));
        });
        start();
        assertThat(shop.stockOf(thing).available()).isEqualTo(1_000_000);

        rebuilt("catalog");

        assertThatItWorks();
        assertThat(documents("catalog")).doesNotContainKey("poison").containsKey(thing.id());
        assertThat(documents("catalog").get(thing.id())).doesNotContainKey("poisoned");
    }

    @Test
    void a_rebuild_restores_documents_that_were_removed_by_hand() {
        EditedViews.edit(data, views -> views.remove("catalog", thing.id()));
        start();
        shop.look(thing).isProblem(404, "product-not-found");

        rebuilt("catalog");

        assertThatItWorks();
    }

    @Test
    void an_unreadable_document_is_an_error_at_once_and_is_rebuilt_at_the_next_start() {
        EditedViews.edit(
                data, views -> views.change("catalog", thing.id(), product -> product.append("price", "much")));
        start();

        shop.look(thing).isProblem(500, "internal");
        assertThat(buyer.at(shop).statusOf(order)).isEqualTo("CONFIRMED");
        assertThat(kontor.output()).containsPattern("ERROR .*views: .*is damaged.*a document of catalog");
        stop();
        start();

        assertThatAllWasReadAnew("damaged");
    }

    private void rebuilt(String view) {
        Customer admin = admin();
        admin.client().post("/api/v1/admin/views/" + view + "/rebuild").hasStatus(202);
        eventually(
                GRACE,
                view + " is rebuilt",
                () -> admin.client().get("/api/v1/admin/views").hasStatus(200).items(),
                views -> views.stream()
                        .filter(each -> each.get("name").asString().equals(view))
                        .allMatch(each -> each.at("/rebuild/state").asString().equals("DONE")));
    }

    private Map<Object, Map<String, Object>> documents(String collection) {
        return StoredViews.of(admin(), views -> views.documents().get(collection));
    }

    private Customer admin() {
        return shop.signedIn(FIRST_ADMIN.get("KONTOR_ADMIN_EMAIL"), FIRST_ADMIN.get("KONTOR_ADMIN_PASSWORD"));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
