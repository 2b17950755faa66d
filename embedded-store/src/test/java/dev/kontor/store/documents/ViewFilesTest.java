package dev.kontor.store.documents;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOptions;
import dev.kontor.store.Book;
import dev.kontor.store.BookInUseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.types.Binary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Views are there again after a restart or a kill, or they are thrown away: never wrong, never half there. */
class ViewFilesTest {

    private static final Comparator<Path> DEEPEST_FIRST = Comparator.reverseOrder();

    @TempDir
    private Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    private Views views;

    @BeforeEach
    void some_events_and_a_view_of_them() {
        views = opened(new Views(folder.resolve("data")));
        views.happen(3);
        write("one", 1);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.add(part);
        return part;
    }

    private void stop() {
        views.close();
        open.remove(views);
    }

    /** Stops it with everything in tables: what is in the log of writes gets there when it is opened again. */
    private void stopWithTables() {
        views.reopen();
        stop();
    }

    private void write(String id, int n) {
        views.collection("documents").updateOne(eq("_id", id), set("n", n), new UpdateOptions().upsert(true));
    }

    /** The state of a folder as a kill would leave it: nothing is closed. */
    private static Path copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        }
        return to;
    }

    private static void delete(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted(DEEPEST_FIRST).toList()) {
                Files.delete(path);
            }
        }
    }

    private Path file(String suffix) throws IOException {
        try (Stream<Path> all = Files.list(views.folder())) {
            return all.filter(path -> path.toString().endsWith(suffix))
                    .max(Comparator.comparing(path -> path.toFile().length()))
                    .orElseThrow();
        }
    }

    private boolean isFreshWhenReopened() {
        views = opened(new Views(folder.resolve("data")));
        boolean fresh = views.files().isFresh();
        assertThat(views.collection("documents").find().first() == null).isEqualTo(fresh);
        // In either case it can be used, and is there the next time.
        write("after", 1);
        views.reopen();
        assertThat(views.files().isFresh()).isFalse();
        assertThat(views.collection("documents").find(eq("_id", "after")).first())
                .isNotNull();
        return fresh;
    }

    @Test
    void everything_is_there_after_a_restart() {
        MongoCollection<Document> documents = views.collection("documents");
        documents.createIndex(Indexes.ascending("n"), new IndexOptions().unique(true));
        documents.createIndex(Indexes.descending("n", "_id"));
        write("two", 2);
        List<Document> before = documents.find().into(new ArrayList<>());

        views.reopen();

        MongoCollection<Document> after = views.collection("documents");
        assertThat(after.find()).containsExactlyElementsOf(before);
        assertThat(after.estimatedDocumentCount()).isEqualTo(2);
        assertThat(after.listIndexes())
                .extracting(index -> index.getString("name"))
                .hasSize(3);
        assertThatThrownBy(() -> write("three", 2)).hasMessageContaining("E11000");
        assertThat(after.find().sort(Sorts.descending("n", "_id")).limit(5))
                .extracting(found -> found.get("_id"))
                .containsExactly("two", "one");
    }

    @Test
    void what_was_written_is_there_after_a_kill() throws IOException {
        for (int n = 0; n < 500; n++) {
            write("one", n);
        }
        copy(folder.resolve("data"), folder.resolve("killed"));

        try (Views killed = new Views(folder.resolve("killed"))) {
            assertThat(killed.files().isFresh()).isFalse();
            assertThat(killed.collection("documents").find().first()).containsEntry("n", 499);
        }
    }

    @Test
    void a_cut_write_log_leaves_what_was_written_before_the_cut() throws IOException {
        for (int n = 0; n < 200; n++) {
            write("first", n);
            write("second", n);
        }
        Path cut = copy(folder.resolve("data"), folder.resolve("cut"));
        Path log;
        try (Stream<Path> all = Files.list(cut.resolve("views"))) {
            log = all.filter(path -> path.toString().endsWith(".log"))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] whole = Files.readAllBytes(log);
        Files.write(log, Arrays.copyOf(whole, whole.length * 2 / 3));

        try (Views after = new Views(folder.resolve("cut"))) {
            assertThat(after.files().isFresh()).isFalse();
            int first = after.collection("documents")
                    .find(eq("_id", "first"))
                    .first()
                    .getInteger("n");
            int second = after.collection("documents")
                    .find(eq("_id", "second"))
                    .first()
                    .getInteger("n");
            assertThat(first - second).isBetween(0, 1);
            assertThat(first).isBetween(50, 198);
        }
    }

    @Test
    void a_second_one_on_the_same_folder_is_refused() {
        assertThatThrownBy(() -> ViewFiles.open(views.folder(), views.book(), Views.SHAPE))
                .isInstanceOf(BookInUseException.class)
                .hasMessageContaining(views.folder().toString());

        assertThat(views.collection("documents").find().first()).isNotNull();
    }

    @Test
    void views_of_another_log_are_thrown_away() throws IOException {
        stop();
        delete(views.bookFolder());
        assertThat(isFreshWhenReopened()).isTrue();
    }

    @Test
    void views_that_are_ahead_of_the_log_are_thrown_away() throws IOException {
        stop();
        copy(views.bookFolder(), folder.resolve("backup"));
        views = opened(new Views(folder.resolve("data")));
        views.happen(1);
        write("later", 1);
        stop();
        delete(views.bookFolder());
        copy(folder.resolve("backup"), views.bookFolder());

        assertThat(isFreshWhenReopened()).isTrue();
    }

    @Test
    void views_of_events_that_a_restored_log_has_otherwise_are_thrown_away_however_far_the_log_has_grown()
            throws IOException {
        stop();
        copy(views.bookFolder(), folder.resolve("backup"));
        views = opened(new Views(folder.resolve("data")));
        views.happen(1);
        write("later", 1);
        stop();
        delete(views.bookFolder());
        copy(folder.resolve("backup"), views.bookFolder());
        try (Book grown = Book.open(views.bookFolder());
                ViewFiles elsewhere = ViewFiles.open(folder.resolve("elsewhere"), grown, Views.SHAPE)) {
            assertThat(elsewhere.isFresh()).isTrue();
            Views.happen(grown, 10);
        }

        assertThat(isFreshWhenReopened()).isTrue();
    }

    @Test
    void views_behind_the_log_are_kept() {
        views.happen(10);

        stop();
        assertThat(isFreshWhenReopened()).isFalse();
    }

    @Test
    void a_checkpoint_of_views_and_then_book_fits_together() throws IOException {
        Files.createDirectories(folder.resolve("copy"));
        views.files().checkpoint(folder.resolve("copy/views"));
        views.happen(2);
        write("later", 1);
        views.book().checkpoint(folder.resolve("copy/book"));

        Map<String, Integer> read = new HashMap<>();
        try (DocumentReader reader = DocumentReader.open(folder.resolve("copy/views"))) {
            assertThat(reader.collections()).containsExactly("documents");
            reader.forEach(
                    "documents", document -> read.put((String) document.get("_id"), (Integer) document.get("n")));
        }
        assertThat(read).containsExactly(Map.entry("one", 1));
        try (Views copied = new Views(folder.resolve("copy"))) {
            assertThat(copied.files().isFresh()).isFalse();
            assertThat(copied.collection("documents").find())
                    .extracting(found -> found.get("_id"))
                    .containsExactly("one");
        }
    }

    @Test
    void a_reader_answers_plain_values() {
        views.collection("kinds")
                .insertOne(new Document("_id", "x")
                        .append("inner", new Document("list", List.of(1L, new Document("a", true))))
                        .append("bytes", new Binary(new byte[] {1, 2}))
                        .append("none", null));
        stop();

        try (DocumentReader reader = DocumentReader.open(views.folder())) {
            reader.forEach("kinds", document -> {
                assertThat(document.get("inner")).isEqualTo(Map.of("list", List.of(1L, Map.of("a", true))));
                assertThat(document.get("bytes")).isEqualTo(new byte[] {1, 2});
                assertThat(document).containsEntry("none", null);
            });
            assertThat(reader.collections()).containsExactlyInAnyOrder("documents", "kinds");
        }
        assertThatThrownBy(() -> DocumentReader.open(folder.resolve("nowhere")))
                .isInstanceOf(ViewFilesException.class)
                .hasMessageContaining("no views");
    }

    @Test
    void another_shape_of_documents_is_thrown_away() {
        stop();
        try (Book book = Book.open(views.bookFolder());
                ViewFiles files = ViewFiles.open(views.folder(), book, Views.SHAPE + 1)) {
            assertThat(files.isFresh()).isTrue();
        }
    }

    @Test
    void a_folder_that_was_emptied_half_is_thrown_away() throws IOException {
        stop();
        Files.delete(views.folder().resolve("CURRENT"));
        assertThat(isFreshWhenReopened()).isTrue();
    }

    @Test
    void a_folder_without_its_tables_is_thrown_away() throws IOException {
        stopWithTables();
        Files.delete(file(".sst"));
        assertThat(isFreshWhenReopened()).isTrue();
    }

    @Test
    void a_damaged_directory_of_files_is_thrown_away() throws IOException {
        stop();
        Path manifest;
        try (Stream<Path> all = Files.list(views.folder())) {
            manifest = all.filter(path -> path.getFileName().toString().startsWith("MANIFEST"))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(manifest);
        bytes[20] ^= 0x55;
        Files.write(manifest, bytes);

        assertThat(isFreshWhenReopened()).isTrue();
    }

    @Test
    void a_damaged_block_fails_its_reads_and_is_thrown_away_at_the_next_start() throws IOException {
        byte[] noise = new byte[2_000];
        Random random = new Random(7);
        views.collection("documents")
                .insertMany(IntStream.range(0, 2_000)
                        .mapToObj(n -> {
                            random.nextBytes(noise);
                            return new Document("_id", "n%05d".formatted(n)).append("noise", new Binary(noise.clone()));
                        })
                        .toList());
        stopWithTables();
        Path table = file(".sst");
        byte[] bytes = Files.readAllBytes(table);
        bytes[bytes.length / 2] ^= 1;
        Files.write(table, bytes, StandardOpenOption.TRUNCATE_EXISTING);

        views = opened(new Views(folder.resolve("data")));
        assertThat(views.files().isFresh()).isFalse();
        assertThat(views.files().damage()).isEmpty();
        MongoCollection<Document> documents = views.collection("documents");
        assertThatThrownBy(() -> documents.find().into(new ArrayList<>())).isInstanceOf(MongoException.class);
        assertThat(views.files().damage()).isPresent();
        int found = 0;
        int failed = 0;
        for (int n = 0; n < 2_000; n++) {
            try {
                assertThat(documents.find(eq("_id", "n%05d".formatted(n))).first())
                        .isNotNull();
                found++;
            } catch (MongoException damaged) {
                failed++;
            }
        }
        assertThat(failed).isBetween(1, 100);
        assertThat(found).isEqualTo(2_000 - failed);

        stop();
        assertThat(isFreshWhenReopened()).isTrue();
    }

    @Test
    void a_store_that_was_being_thrown_away_is_not_used_even_if_all_of_it_is_there() throws IOException {
        stop();
        Files.writeString(views.folder().resolve(ViewFiles.CONDEMNED), "a test says so");

        assertThatThrownBy(() -> DocumentReader.open(views.folder())).isInstanceOf(ViewFilesException.class);
        assertThat(isFreshWhenReopened()).isTrue();
    }

    @Test
    void the_space_of_what_is_dropped_is_given_back() {
        byte[] noise = new byte[10_000];
        for (int round = 0; round < 40; round++) {
            int from = round * 100;
            views.collection("big")
                    .insertMany(IntStream.range(from, from + 100)
                            .mapToObj(n -> {
                                new Random(n).nextBytes(noise);
                                return new Document("_id", n).append("noise", new Binary(noise.clone()));
                            })
                            .toList());
        }
        assertThat(size(views.folder())).isGreaterThan(30_000_000);

        views.collection("big").drop();

        await().until(() -> size(views.folder()) < 10_000_000);
        assertThat(views.collection("documents").find().first()).isNotNull();
    }

    private static long size(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.mapToLong(path -> path.toFile().length()).sum();
        } catch (UncheckedIOException | IOException filesComeAndGo) {
            return Long.MAX_VALUE;
        }
    }
}
