package dev.kontor.store.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.kontor.store.StoreInUseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.junit.jupiter.api.Test;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** Views are present after a restart or a kill: never wrong, never partial. */
class ViewFilesTest extends ViewsOnDisk {

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
        DeclaredView changed = new DeclaredView("notes", "", "2", Views.NOTES.collections());

        assertThat(views.store().declare(List.of(changed, Views.OTHERS))).containsExactly("notes");

        assertThat(views.ids()).isEmpty();
        assertThat(views.store().tokens("notes")).isEmpty();
        assertThat(views.store().generation("notes")).isEqualTo(2);
        assertThat(views.ids("others")).containsExactly("three");
        assertThat(views.store().declare(List.of(changed, Views.OTHERS))).isEmpty();
    }

    @Test
    void a_reader_without_a_writer_sees_the_live_generation() {
        DeclaredView second = new DeclaredView("notes", "-2", "1", Views.NOTES.collections());
        views.store().declare(List.of(Views.NOTES, second, Views.OTHERS));
        views.write("notes-2", "two", 2);
        new DocumentTokenStore(views.store()).storeToken(new GlobalSequenceTrackingToken(5), "notes-2", 0);
        Set<String> before = read("notes");

        views.store().note("notes", "-2", new byte[] {1});

        assertThat(before).containsExactly("one");
        assertThat(read("notes")).containsExactly("two");
        assertThat(views.store().note("notes")).containsExactly(1);
        views.store().declare(List.of(Views.OTHERS));
        assertThat(views.store().note("notes")).isNull();
    }

    private Set<String> read(String collection) {
        Set<String> ids = new HashSet<>();
        Path copy = folder.resolve(UUID.randomUUID().toString());
        views.files().checkpoint(copy);
        try (DocumentReader reader = DocumentReader.open(copy)) {
            reader.forEach(collection, document -> ids.add(Views.id(document)));
        }
        return ids;
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

    /** Documents and token of a batch are one write: wherever the write-ahead log is cut, both are there or none is. */
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
        assertThatThrownBy(() -> ViewFiles.open(views.folder(), views.eventStore()))
                .isInstanceOf(StoreInUseException.class)
                .hasMessageContaining(views.folder().toString());

        assertThat(views.ids()).isNotEmpty();
    }

    @Test
    void a_checkpoint_of_views_and_then_store_fits_together() throws IOException {
        Files.createDirectories(folder.resolve("copy"));
        views.files().checkpoint(folder.resolve("copy/views"));
        views.happen(2);
        views.write("later", 1);
        views.eventStore().checkpoint(folder.resolve("copy/log"));

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
        assertThat(read)
                .as("a view without a token is at the beginning of the log")
                .containsExactly("two", "notes -", "notes {\"globalIndex\":7}", "others -");
        assertThatThrownBy(() -> DocumentReader.open(folder.resolve("nowhere")))
                .isInstanceOf(ViewFilesException.class)
                .hasMessageContaining("no views");
    }

    @Test
    void a_view_that_has_just_started_over_is_at_the_beginning_of_the_log() {
        new DocumentTokenStore(views.store()).initializeTokenSegments("notes", 1);
        views.store().startOver("notes");
        stop();

        List<String> read = new ArrayList<>();
        try (DocumentReader reader = DocumentReader.open(views.folder())) {
            assertThat(reader.collections()).isEmpty();
            reader.tokens((view, token) -> read.add(view + " " + (token == null ? "-" : "read")));
        }
        assertThat(read).containsExactly("notes -", "others -");
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
                            row -> numbers.add(Views.number(row.document())));
            assertThat(numbers).hasSizeBetween(1, 2);
            assertThat(numbers.stream().distinct()).hasSize(1);
            scans++;
        }
        writing.join();
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

    /** The space of documents is freed file by file, even while a scan reads them: so this makes many files. */
    @Test
    void a_scan_ends_where_its_view_starts_over_meanwhile_and_nothing_is_damaged() throws RocksDBException {
        byte[] noise = new byte[10_000];
        new Random(7).nextBytes(noise);
        for (int n = 0; n < 20; n++) {
            String id = "n" + n;
            views.store().write(writes -> {
                writes.put("others", id, noise);
                writes.index("others", "by_number", id, Set.of(), Set.of(List.of(1L)));
            });
        }
        stop();
        try (Options options = new Options().setTargetFileSizeBase(1);
                RocksDB rocks = RocksDB.open(options, views.folder().toString());
                CompactRangeOptions anew = new CompactRangeOptions()
                        .setBottommostLevelCompaction(CompactRangeOptions.BottommostLevelCompaction.kForce)) {
            rocks.compactRange(rocks.getDefaultColumnFamily(), null, null, anew);
            assertThat(rocks.getLiveFilesMetaData()).hasSizeGreaterThan(5);
        }
        views = opened(new Views(folder.resolve("data")));
        AtomicInteger read = new AtomicInteger();

        boolean isAll = views.store().scan("others", "by_number", new KeyRange(null, null), false, row -> {
            if (row.document() == null) {
                return false;
            }
            views.store().startOver("others");
            read.incrementAndGet();
            return true;
        });

        assertThat(isAll).isTrue();
        assertThat(read.get()).isBetween(1, 19);
        assertThat(views.files().damage()).isEmpty();
        assertThat(views.ids("others")).isEmpty();
    }

    private static long size(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.mapToLong(path -> path.toFile().length()).sum();
        } catch (UncheckedIOException | IOException filesComeAndGo) {
            return Long.MAX_VALUE;
        }
    }
}
