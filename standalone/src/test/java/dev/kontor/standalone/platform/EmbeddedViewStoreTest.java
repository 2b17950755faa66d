package dev.kontor.standalone.platform;

import static dev.kontor.query.platform.Note.BY_TIME;
import static dev.kontor.query.platform.Note.NOTES;
import static dev.kontor.query.platform.Note.OTHERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.api.storage.StoredJson;
import dev.kontor.api.storage.StoredTypes;
import dev.kontor.query.platform.Batch;
import dev.kontor.query.platform.DocumentType;
import dev.kontor.query.platform.Index;
import dev.kontor.query.platform.Note;
import dev.kontor.query.platform.Scan;
import dev.kontor.query.platform.View;
import dev.kontor.query.platform.ViewStore;
import dev.kontor.query.platform.ViewStoreContract;
import dev.kontor.store.EmbeddedStore;
import dev.kontor.store.documents.DocumentStore;
import dev.kontor.store.documents.ViewFiles;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedViewStoreTest extends ViewStoreContract {

    @TempDir
    private Path folder;

    private EmbeddedStore eventStore;
    private ViewFiles files;

    @Override
    protected ViewStore open() {
        eventStore = EmbeddedStore.open(folder.resolve("log"));
        files = ViewFiles.open(folder.resolve("views"), eventStore);
        return new EmbeddedViewStore(new DocumentStore(files, StoredJson.of(StoredTypes.events())));
    }

    @AfterEach
    void close() {
        files.close();
        eventStore.close();
    }

    private void reopen(View... views) {
        close();
        store = open();
        store.declare(List.of(views));
    }

    @Test
    void everything_is_there_after_a_restart() {
        put(Note.first("a"), Note.first("b").at(-1));
        store.apply(new Batch().token("notes", 0, at(7)));

        reopen(Note.VIEW, Note.OTHER);

        assertThat(ids(Scan.of(NOTES, BY_TIME))).containsExactly("b", "a");
        assertThat(store.find(NOTES, "a")).contains(Note.first("a"));
        assertThat(token("notes")).isEqualTo(at(7));
    }

    @Test
    void a_view_of_another_schema_starts_over_at_the_next_start_and_the_others_stay() {
        put(Note.first("a"));
        store.apply(new Batch().token("notes", 0, at(7)));
        store.apply(
                new Batch().update(OTHERS, "c", 0, before -> Note.first("c")).token("others", 0, at(8)));

        reopen(View.of("notes", 2, NOTES, Note.MORE_NOTES), Note.OTHER);

        assertThat(store.find(NOTES, "a")).isEmpty();
        assertThat(store.tokens().fetchSegments("notes")).isEmpty();
        assertThat(store.find(OTHERS, "c")).isPresent();
        assertThat(token("others")).isEqualTo(at(8));
    }

    @Test
    void a_view_with_another_index_starts_over() {
        put(Note.first("a"));
        Index more = Index.of("by_owner_and_time", "owner", "at");
        DocumentType<Note> notes = DocumentType.of("notes", Note.class, BY_TIME, more);

        reopen(View.of("notes", 1, notes), Note.OTHER);
        assertThat(store.find(notes, "a")).isEmpty();

        store.apply(new Batch().update(notes, "a", 0, before -> Note.first("a")));
        assertThat(ids(Scan.of(notes, more).where("ann"))).containsExactly("a");
    }

    /** One write: a failure in the middle leaves none of it. */
    @Test
    void a_batch_that_fails_writes_nothing() {
        Assertions.assertThatThrownBy(() -> store.apply(new Batch()
                        .update(NOTES, "a", 0, before -> Note.first("a"))
                        .update(NOTES, "b", 0, before -> {
                            throw new IllegalArgumentException("on purpose");
                        })))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(store.find(NOTES, "a")).isEmpty();
        assertThat(ids(Scan.of(NOTES, BY_TIME))).isEmpty();
    }
}
