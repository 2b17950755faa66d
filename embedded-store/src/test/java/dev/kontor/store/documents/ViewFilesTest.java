package dev.kontor.store.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.kontor.store.Book;
import dev.kontor.store.BookInUseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
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
        views.write("one", 1);
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
        assertThat(views.ids().isEmpty()).isEqualTo(fresh);
        // In either case it can be used, and is there the next time.
        views.write("after", 1);
        views.reopen();
        assertThat(views.files().isFresh()).isFalse();
        assertThat(views.find("after")).isEqualTo(1);
        return fresh;
    }

    @Test
    void everything_is_there_after_a_restart() {
        views.write("two", -2);
        views.write("others", "three", 3);
        new DocumentTokenStore(views.store()).storeToken(new GlobalSequenceTrackingToken(7), "notes", 0);

        views.reopen();

        assertThat(views.ids()).containsExactly("two", "one");
        assertThat(views.ids("others")).containsExactly("three");
        assertThat(views.find("two")).isEqualTo(-2);
        assertThat(views.store().tokens("notes")).isEqualTo(Map.of(0, new GlobalSequenceTrackingToken(7)));
        assertThat(views.store().generation("notes")).isEqualTo(1);
    }

    @Test
    void a_view_of_another_schema_starts_over_and_the_others_stay() {
        views.write("others", "three", 3);
        new DocumentTokenStore(views.store()).storeToken(new GlobalSequenceTrackingToken(7), "notes", 0);
        DeclaredView changed = new DeclaredView("notes", "2", Views.NOTES.collections());

        assertThat(views.store().declare(List.of(changed, Views.OTHERS))).containsExactly("notes");

        assertThat(views.ids()).isEmpty();
        assertThat(views.store().tokens("notes")).isEmpty();
        assertThat(views.store().generation("notes")).isEqualTo(2);
        assertThat(views.ids("others")).containsExactly("three");
        assertThat(views.store().declare(List.of(changed, Views.OTHERS))).isEmpty();
    }

    @Test
    void a_view_that_is_not_declared_any_more_goes() {
        views.store().declare(List.of(Views.OTHERS));

        assertThatThrownBy(views::ids).isInstanceOf(IllegalArgumentException.class);
        views.reopen();
        assertThat(views.ids()).isEmpty();
        assertThat(views.store().generation("notes")).isEqualTo(1);
    }

    @Test
    void what_was_written_is_there_after_a_kill() throws IOException {
        for (int n = 0; n < 500; n++) {
            views.write("one", n);
        }
        copy(folder.resolve("data"), folder.resolve("killed"));

        try (Views killed = new Views(folder.resolve("killed"))) {
            assertThat(killed.files().isFresh()).isFalse();
            assertThat(killed.find("one")).isEqualTo(499);
        }
    }

    /** Documents and token of a batch are one write: wherever the log of writes is cut, both are there or none is. */
    @Test
    void a_cut_write_log_leaves_whole_batches_up_to_the_cut() throws IOException {
        for (int n = 0; n < 200; n++) {
            long number = n;
            views.store().write(writes -> {
                Views.put(writes, "notes", "first", number);
                Views.put(writes, "others", "second", number);
                writes.token("notes", 0, new GlobalSequenceTrackingToken(number));
            });
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
            long first = after.find("first");
            assertThat(first).isBetween(50L, 198L);
            assertThat(Views.number(after.store().find("others", "second"))).isEqualTo(first);
            assertThat(after.store().tokens("notes")).isEqualTo(Map.of(0, new GlobalSequenceTrackingToken(first)));
            assertThat(after.ids()).contains("first").doesNotHaveDuplicates();
        }
    }

    @Test
    void a_second_one_on_the_same_folder_is_refused() {
        assertThatThrownBy(() -> ViewFiles.open(views.folder(), views.book()))
                .isInstanceOf(BookInUseException.class)
                .hasMessageContaining(views.folder().toString());

        assertThat(views.ids()).isNotEmpty();
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
        views.write("later", 1);
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
        views.write("later", 1);
        stop();
        delete(views.bookFolder());
        copy(folder.resolve("backup"), views.bookFolder());
        try (Book grown = Book.open(views.bookFolder());
                ViewFiles elsewhere = ViewFiles.open(folder.resolve("elsewhere"), grown)) {
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
        views.write("later", 1);
        views.book().checkpoint(folder.resolve("copy/book"));

        Map<String, Long> read = new HashMap<>();
        try (DocumentReader reader = DocumentReader.open(folder.resolve("copy/views"))) {
            assertThat(reader.collections()).containsExactly("notes");
            reader.forEach("notes", document -> read.put(Views.id(document), Views.number(document)));
        }
        assertThat(read).containsExactly(Map.entry("one", 1L));
        try (Views copied = new Views(folder.resolve("copy"))) {
            assertThat(copied.files().isFresh()).isFalse();
            assertThat(copied.ids()).containsExactly("one");
        }
    }

    @Test
    void a_reader_reads_documents_and_tokens_of_a_stopped_store() {
        views.write("others", "two", 2);
        DocumentTokenStore tokens = new DocumentTokenStore(views.store());
        tokens.initializeTokenSegments("notes", 2);
        tokens.storeToken(new GlobalSequenceTrackingToken(7), "notes", 1);
        stop();

        List<String> read = new ArrayList<>();
        try (DocumentReader reader = DocumentReader.open(views.folder())) {
            assertThat(reader.collections()).containsExactlyInAnyOrder("notes", "others");
            reader.forEach("others", document -> read.add(Views.id(document)));
            reader.forEach("nothing", document -> read.add(Views.id(document)));
            reader.tokens((view, token) ->
                    read.add(view + " " + (token == null ? "-" : new String(token, StandardCharsets.UTF_8))));
        }
        assertThat(read).containsExactly("two", "notes -", "notes {\"globalIndex\":7}");
        assertThatThrownBy(() -> DocumentReader.open(folder.resolve("nowhere")))
                .isInstanceOf(ViewFilesException.class)
                .hasMessageContaining("no views");
    }

    @Test
    void a_read_beside_writes_is_whole_and_of_one_moment() {
        views.write("others", "one", 1);
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
            for (int n = 2; n <= 3_000; n++) {
                long number = n;
                views.store().write(writes -> {
                    Views.put(writes, "notes", "one", number);
                    Views.put(writes, "notes", "two", number);
                });
            }
        });

        int scans = 0;
        while (!writing.isDone() || scans == 0) {
            List<Long> numbers = new ArrayList<>();
            views.store()
                    .scan(
                            "notes",
                            "by_number",
                            new KeyRange(null, null),
                            false,
                            document -> numbers.add(Views.number(document)));
            assertThat(numbers).hasSizeBetween(1, 2);
            assertThat(numbers.stream().distinct()).hasSize(1);
            scans++;
        }
        writing.join();
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
        Random random = new Random(7);
        byte[] noise = new byte[2_000];
        views.store().write(writes -> {
            for (int n = 0; n < 2_000; n++) {
                random.nextBytes(noise);
                writes.put("others", "n%05d".formatted(n), noise.clone());
                writes.index("others", "by_number", "n%05d".formatted(n), Set.of(), Set.of(List.of((long) n)));
            }
        });
        stopWithTables();
        Path table = file(".sst");
        byte[] bytes = Files.readAllBytes(table);
        bytes[bytes.length / 2] ^= 1;
        Files.write(table, bytes, StandardOpenOption.TRUNCATE_EXISTING);

        views = opened(new Views(folder.resolve("data")));
        assertThat(views.files().isFresh()).isFalse();
        assertThat(views.files().damage()).isEmpty();
        assertThatThrownBy(() ->
                        views.store().scan("others", "by_number", new KeyRange(null, null), false, document -> true))
                .isInstanceOf(ViewFilesException.class);
        assertThat(views.files().damage()).isPresent();
        int found = 0;
        int failed = 0;
        for (int n = 0; n < 2_000; n++) {
            try {
                assertThat(views.store().find("others", "n%05d".formatted(n))).hasSize(2_000);
                found++;
            } catch (ViewFilesException damaged) {
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
    void the_space_of_a_view_that_starts_over_is_given_back() {
        byte[] noise = new byte[10_000];
        for (int round = 0; round < 40; round++) {
            int from = round * 100;
            views.store().write(writes -> {
                for (int n = from; n < from + 100; n++) {
                    new Random(n).nextBytes(noise);
                    writes.put("others", "n" + n, noise.clone());
                }
            });
        }
        assertThat(size(views.folder())).isGreaterThan(30_000_000);

        views.store().startOver("others");

        await().until(() -> size(views.folder()) < 10_000_000);
        assertThat(views.ids()).containsExactly("one");
    }

    private static long size(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.mapToLong(path -> path.toFile().length()).sum();
        } catch (UncheckedIOException | IOException filesComeAndGo) {
            return Long.MAX_VALUE;
        }
    }
}
