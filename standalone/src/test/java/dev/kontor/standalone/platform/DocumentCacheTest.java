package dev.kontor.standalone.platform;

import static dev.kontor.query.platform.Note.BY_TIME;
import static dev.kontor.query.platform.Note.NOTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kontor.api.storage.StoredJson;
import dev.kontor.api.storage.StoredTypes;
import dev.kontor.query.platform.Batch;
import dev.kontor.query.platform.Note;
import dev.kontor.query.platform.Scan;
import dev.kontor.query.platform.Slot;
import dev.kontor.query.platform.ViewStore;
import dev.kontor.store.EmbeddedStore;
import dev.kontor.store.documents.DocumentStore;
import dev.kontor.store.documents.ViewFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents come from memory, and none of them is an old one. */
class DocumentCacheTest {

    private static final int WRITES = 2_000;
    private static final int NOTES_WRITTEN = 20;
    /** Room for some of the notes only, so that they come and go. */
    private static final long LITTLE = 5_000;

    private static final long ENOUGH = 1 << 20;

    @TempDir
    private Path folder;

    private EmbeddedStore eventStore;
    private ViewFiles files;

    @BeforeEach
    void open() {
        eventStore = EmbeddedStore.open(folder.resolve("log"));
        files = ViewFiles.open(folder.resolve("views"), eventStore);
    }

    @AfterEach
    void close() {
        files.close();
        eventStore.close();
    }

    private ViewStore store(long cachedBytes) {
        ViewStore store =
                new EmbeddedViewStore(new DocumentStore(files, StoredJson.of(StoredTypes.events())), cachedBytes);
        store.declare(List.of(Note.VIEW, Note.OTHER));
        return store;
    }

    private static Note find(ViewStore store, String id) {
        return store.find(NOTES, id).orElseThrow();
    }

    private static void put(ViewStore store, Note note) {
        store.apply(new Batch().update(NOTES, note.id(), note.version(), before -> note));
    }

    @Test
    void a_document_stays_the_same_object_until_it_is_written() {
        ViewStore before = store(ENOUGH);
        put(before, Note.first("a"));
        ViewStore store = store(ENOUGH);
        Note read = find(store, "a");

        assertThat(find(store, "a")).isSameAs(read);
        assertThat(store.findAll(NOTES, List.of("a", "b")).get("a")).isSameAs(read);
        assertThat(page(store)).singleElement().isSameAs(read);

        Note written = read.remark("second").version(1);
        put(store, written);

        assertThat(find(store, "a")).isSameAs(written);
        assertThat(page(store)).singleElement().isSameAs(written);
    }

    @Test
    void a_page_of_a_scan_is_kept() {
        put(store(ENOUGH), Note.first("a"));
        ViewStore store = store(ENOUGH);

        Note read = page(store).getFirst();

        assertThat(find(store, "a")).isSameAs(read);
    }

    @Test
    void a_page_follows_the_writes_that_move_its_documents() {
        ViewStore store = store(ENOUGH);
        put(store, Note.first("a"));
        put(store, Note.first("b").at(1));
        assertThat(page(store)).extracting(Note::id).containsExactly("a", "b");

        put(store, Note.first("a").remark("stays").version(1));
        assertThat(page(store)).extracting(Note::remark).containsExactly("stays", null);
        put(store, Note.first("a").at(2).version(2));
        assertThat(page(store)).extracting(Note::id).containsExactly("b", "a");
        put(store, Note.first("b").open(false).version(1));
        put(store, Note.first("c").at(3));
        assertThat(page(store)).extracting(Note::id).containsExactly("a", "c");
        store.startOver(Note.VIEW, Slot.FIRST);
        assertThat(page(store)).isEmpty();
    }

    @Test
    void a_write_that_fails_leaves_what_is_stored() {
        ViewStore store = store(ENOUGH);
        put(store, Note.first("a"));
        find(store, "a");

        assertThatThrownBy(() -> store.apply(new Batch()
                        .update(NOTES, "a", 1, before -> before.remark("second").version(1))
                        .update(NOTES, "b", 0, before -> {
                            throw new IllegalArgumentException("on purpose");
                        })))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(find(store, "a")).isEqualTo(Note.first("a"));
    }

    @Test
    void a_view_that_starts_over_has_no_document_left_in_memory() {
        ViewStore store = store(ENOUGH);
        put(store, Note.first("a"));
        find(store, "a");

        store.startOver(Note.VIEW, Slot.FIRST);

        assertThat(store.find(NOTES, "a")).isEmpty();
        assertThat(store.findAll(NOTES, List.of("a"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {LITTLE, ENOUGH})
    void a_document_is_never_older_than_its_last_write_while_others_read_it(long cachedBytes) {
        ViewStore store = store(cachedBytes);
        IntStream.range(0, NOTES_WRITTEN).forEach(n -> put(store, Note.first("n" + n)));
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
            for (int version = 1; version <= WRITES; version++) {
                for (String id : List.of("n1", "n2")) {
                    Note written = Note.first(id).version(version);
                    put(store, written);
                    assertThat(find(store, id).version()).isEqualTo(version);
                }
            }
        });

        while (!writing.isDone()) {
            IntStream.range(0, NOTES_WRITTEN).forEach(n -> find(store, "n" + n));
        }

        writing.join();
    }

    /** One note after the other closes, and opens again at another time. */
    @ParameterizedTest
    @ValueSource(longs = {LITTLE, ENOUGH})
    void a_page_shows_one_moment_while_its_documents_change(long cachedBytes) {
        ViewStore store = store(cachedBytes);
        IntStream.range(0, NOTES_WRITTEN).forEach(n -> put(store, Note.first("n" + n)));
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < WRITES; i++) {
                int version = 1 + i / NOTES_WRITTEN;
                put(
                        store,
                        Note.first("n" + i % NOTES_WRITTEN)
                                .open(version % 2 == 0)
                                .at(i)
                                .version(version));
            }
        });

        while (!writing.isDone()) {
            List<Note> page = page(store);
            assertThat(page).allMatch(Note::open).isSortedAccordingTo((a, b) -> Long.compare(a.at(), b.at()));
            assertThat(page).extracting(Note::version).allMatch(version -> version % 2 == 0);
        }

        writing.join();
        assertThat(page(store)).hasSize(WRITES / NOTES_WRITTEN % 2 == 0 ? NOTES_WRITTEN : 0);
    }

    private static List<Note> page(ViewStore store) {
        List<Note> page = new ArrayList<>();
        store.scan(Scan.of(NOTES, BY_TIME).where(true).first(NOTES_WRITTEN + 1), page::add);
        return page;
    }
}
