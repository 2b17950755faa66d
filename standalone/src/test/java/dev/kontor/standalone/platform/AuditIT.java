package dev.kontor.standalone.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.kontor.standalone.Customer;
import dev.kontor.standalone.KontorProcess;
import dev.kontor.standalone.Product;
import dev.kontor.standalone.Shop;
import dev.kontor.standalone.ToolProcess;
import dev.kontor.store.LoggedEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.bson.Document;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A folder that was really used is clean. After one change to its files it is not, and the audit reports the place. */
class AuditIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private static Path used;

    /** Placed directly and confirmed. */
    private static String confirmed;

    @TempDir
    private Path copy;

    @BeforeAll
    static void use_a_shop() {
        try (KontorProcess kontor = KontorProcess.start(used, "--kontor.demo=true")) {
            Shop shop = new Shop(kontor);
            Product thing = shop.listedProduct(100);
            Customer buyer = shop.signedInCustomer();
            confirmed = buyer.orders(thing.times(2)).hasStatus(201).at("/id");
            buyer.orders(thing.times(1_000)).hasStatus(409);
            buyer.cancels(buyer.orders(thing.times(3)).hasStatus(201).at("/id")).hasStatus(200);
            buyer.puts(4, thing).hasStatus(200);
            String bought = buyer.checksOut().hasStatus(201).at("/id");
            shop.admin().ships(bought).hasStatus(200);
            shop.admin().delivers(bought).hasStatus(200);
            shop.reprice(thing, 2_000);
            shop.delist(shop.listedProduct(1));
            shop.restock(thing, -1);
            assertThat(shop.admin()
                            .client()
                            .get("/api/v1/admin/audit")
                            .hasStatus(200)
                            .json()
                            .get("clean")
                            .asBoolean())
                    .isTrue();
            kontor.stop();
            kontor.exitCode(SOON);
        }
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : (Iterable<Path>) all::iterator) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param what is expected somewhere in the report */
    private static Arguments damage(String name, Consumer<Path> damage, Consumer<String> what) {
        return arguments(named(name, damage), named("is named", what));
    }

    private static Consumer<String> says(String... texts) {
        return report -> assertThat(report).contains(texts);
    }

    static Stream<Arguments> damages() {
        // An event in the middle, followed by others of its aggregate.
        long middle = 40;
        return Stream.of(
                damage(
                        "a changed byte",
                        data -> new DamagedLog(data).flipByte(middle),
                        says("I6  position 40, ", "checksum")),
                damage(
                        "a changed byte where no event stands",
                        data -> new DamagedLog(data).flipByteInFileOf("tokens"),
                        says("I6  the log: file ", ".sst of column tokens is damaged")),
                damage(
                        "a missing record",
                        data -> new DamagedLog(data).remove(middle),
                        says("I6  position 40, ", "is missing")),
                damage(
                        "two records exchanged",
                        data -> new DamagedLog(data).exchange(middle, middle + 1),
                        says("I6  position 40, ", "does not follow from the one before it")),
                damage("a record removed at the end", AuditIT::removeLast, says("I6  position ")),
                damage("an index row that points elsewhere", AuditIT::misdirect, says("I6  ", "position 3")),
                damage(
                        "a stock that does not add up",
                        AuditIT::forgeStock,
                        says("I1  position ", "states available 99 and reserved 2, but by its history there is")),
                damage(
                        "a document edited by hand",
                        edit(views -> views.change("orders", confirmed, order -> order.append("status", "SHIPPED"))),
                        says("orders " + confirmed + ": status is SHIPPED, must be CONFIRMED (event at position ")),
                damage(
                        "a document removed",
                        edit(views -> views.remove("orders", confirmed)),
                        says("I7  position ", "orders " + confirmed + ": is missing")),
                damage(
                        "a document added",
                        edit(views -> views.add("customers", new Document("_id", "unknown").append("version", 0L))),
                        says("customers unknown: is not in the log at all")),
                damage(
                        "an order listed for another seller",
                        edit(views -> views.change(
                                "orders", confirmed, order -> order.append("sellers", List.of("unknown")))),
                        says("orders " + confirmed + ": sellers is [unknown], must be [")),
                damage(
                        "a token put forward",
                        edit(views -> views.token("orders", 100_000)),
                        says("I7  position 100000, view orders: says that it has read the log up to position 100000")));
    }

    private static Consumer<Path> edit(EditedViews.Edit edit) {
        return data -> EditedViews.edit(data, edit);
    }

    private static void removeLast(Path data) {
        DamagedLog log = new DamagedLog(data);
        log.remove(log.events().size() - 1);
    }

    private static void misdirect(Path data) {
        DamagedLog log = new DamagedLog(data);
        LoggedEvent event = log.events().get(3);
        log.misdirect(event, event.position() + 1);
    }

    private static void forgeStock(Path data) {
        DamagedLog log = new DamagedLog(data);
        LoggedEvent reserved = log.first("catalog.StockReserved", payload -> payload.contains(confirmed));
        Path forged = data.resolveSibling("forged");
        log.forge(reserved.position(), "\"available\":98", "\"available\":99", forged);
        try {
            Folders.delete(data.resolve("log"));
            Files.move(forged.resolve("log"), data.resolve("log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_folder_that_was_used_is_clean_and_stays_as_it_is() throws IOException {
        List<String> before = files(used);

        String result = ToolProcess.run("audit", "--data", used);

        assertThat(result).matches("CLEAN: \\d+ events and 6 views are as they must be");
        assertThat(files(used)).isEqualTo(before);
    }

    @Test
    void a_product_that_the_search_index_lacks_is_found() throws IOException {
        Path data = copy.resolve("data");
        copy(used, data);
        try (Directory directory = FSDirectory.open(data.resolve("search"));
                IndexWriter index = new IndexWriter(directory, new IndexWriterConfig())) {
            Map<String, String> notes = SegmentInfos.readLatestCommit(directory).getUserData();
            index.deleteDocuments(MatchAllDocsQuery.INSTANCE);
            index.setLiveCommitData(notes.entrySet());
            index.commit();
        }

        try (ToolProcess audit = ToolProcess.begin("audit", "--data", data)) {
            assertThat(audit.exitCode()).isEqualTo(1);
            assertThat(audit.said()).containsPattern("product-search [0-9a-f-]{36}: ");
            assertThat(audit.lastLine()).startsWith("NOT CLEAN: ");
        }

        Folders.delete(data.resolve("search"));
        assertThat(ToolProcess.run("audit", "--data", data)).contains("and 5 views");
    }

    @Test
    void a_folder_without_views_is_audited_without_them() throws IOException {
        Path data = copy.resolve("data");
        copy(used, data);
        Folders.delete(data.resolve("views"));

        try (ToolProcess audit = ToolProcess.begin("audit", "--data", data)) {
            assertThat(audit.exitCode()).isEqualTo(3);
            assertThat(audit.said())
                    .contains("No views were audited")
                    .containsPattern("files +\\d+ of the log +[\\d,]+ bytes, every block verified")
                    .doesNotContain("CLEAN");
            assertThat(audit.lastLine()).startsWith("LOG ONLY: ");
        }
    }

    @ParameterizedTest
    @MethodSource("damages")
    void manipulations_are_found_and_named(Consumer<Path> damage, Consumer<String> named) {
        Path data = copy.resolve("data");
        copy(used, data);

        damage.accept(data);

        try (ToolProcess audit = ToolProcess.begin("audit", "--data", data)) {
            assertThat(audit.exitCode()).as(audit.said()).isEqualTo(1);
            named.accept(audit.said());
            assertThat(audit.lastLine()).startsWith("NOT CLEAN: ");
        }
    }

    @Test
    void without_a_log_the_tool_reports_it() {
        try (ToolProcess audit = ToolProcess.begin("audit", "--data", copy)) {
            assertThat(audit.exitCode()).isEqualTo(1);
            assertThat(audit.lastLine()).startsWith("audit failed: There is no event store in ");
        }
        try (ToolProcess audit = ToolProcess.begin("audit", "everything")) {
            assertThat(audit.exitCode()).isEqualTo(2);
        }
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.map(Path::toString).sorted().toList();
        }
    }
}
