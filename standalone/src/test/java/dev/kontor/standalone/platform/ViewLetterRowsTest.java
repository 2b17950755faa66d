package dev.kontor.standalone.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.api.storage.StoredJson;
import dev.kontor.api.storage.StoredTypes;
import dev.kontor.query.platform.Batch;
import dev.kontor.query.platform.Generations;
import dev.kontor.query.platform.Note;
import dev.kontor.query.platform.Slot;
import dev.kontor.query.platform.ViewStore;
import dev.kontor.side.platform.LetterStore;
import dev.kontor.side.platform.LetterStoreContract;
import dev.kontor.side.platform.StoredLetter;
import dev.kontor.store.EmbeddedStore;
import dev.kontor.store.documents.DocumentStore;
import dev.kontor.store.documents.ViewFiles;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ViewLetterRowsTest extends LetterStoreContract {

    private static final String NOTES = "notes";

    @TempDir
    private Path folder;

    private EmbeddedStore log;
    private ViewFiles files;
    private ViewStore views;

    @Override
    protected LetterStore open() {
        log = EmbeddedStore.open(folder.resolve("log"));
        files = ViewFiles.open(folder.resolve("views"), log);
        views = new EmbeddedViewStore(new DocumentStore(files, StoredJson.of(StoredTypes.events())));
        views.declare(List.of(Note.VIEW, Note.OTHER));
        return views.letters();
    }

    @Override
    protected LetterStore reopen() {
        close();
        return open();
    }

    @AfterEach
    void close() {
        files.close();
        log.close();
    }

    private static StoredLetter letter(String queue, long position) {
        Instant now = Instant.ofEpochSecond(1);
        return new StoredLetter(
                new StoredLetter.Key(queue, "a", position),
                new StoredLetter.Event(
                        "id", now, null, null, 0, "java.lang.String", null, new byte[] {'"', '"'}, new byte[0]),
                null,
                now,
                now,
                Map.of());
    }

    @Test
    void a_batch_writes_its_letters_with_its_token_and_not_before() {
        BatchingUnitOfWork<?> batch = new BatchingUnitOfWork<>(GenericEventMessage.asEventMessage("event"));
        batch.onCommit(work -> {
            assertThat(files(letter(NOTES, 3))).as("before the token").isFalse();
            views.apply(new Batch().token(NOTES, 0, new GlobalSequenceTrackingToken(3)));
            assertThat(files(letter(NOTES, 3))).as("with the token").isTrue();
        });

        batch.executeWithResult(() -> {
            views.letters().put(letter(NOTES, 3));
            return null;
        });

        assertThat(batch.getExecutionResult().isExceptionResult()).isFalse();
        assertThat(views.letters().sequence(NOTES, "a")).isPresent();
    }

    private boolean files(StoredLetter letter) {
        StoredLetter.Key key = letter.key();
        return new DocumentStore(files, StoredJson.of(StoredTypes.events()))
                        .letter(key.queue(), key.sequence(), key.position())
                != null;
    }

    @Test
    void a_batch_that_fails_writes_no_letter() {
        BatchingUnitOfWork<?> batch = new BatchingUnitOfWork<>(GenericEventMessage.asEventMessage("event"));

        batch.executeWithResult(() -> {
            views.letters().put(letter(NOTES, 3));
            throw new IllegalStateException("the batch fails");
        });

        assertThat(views.letters().sequence(NOTES, "a")).isEmpty();
        assertThat(reopen().sequence(NOTES, "a")).isEmpty();
    }

    @Test
    void a_view_that_starts_over_has_no_letters() {
        views.letters().put(letter(NOTES, 3));
        views.letters().put(letter("others", 4));

        views.startOver(Note.VIEW, Slot.SECOND);
        assertThat(views.letters().sequences(NOTES)).as("another generation").hasSize(1);
        views.startOver(Note.VIEW, Slot.FIRST);

        assertThat(views.letters().sequences(NOTES)).isEmpty();
        assertThat(views.letters().sequences("others")).hasSize(1);
        assertThat(reopen().sequences(NOTES)).isEmpty();
    }

    @Test
    void a_view_whose_readers_are_switched_has_no_letters() {
        views.letters().put(letter(NOTES, 3));
        views.letters().put(letter("others", 4));
        Generations built = Generations.first(Note.VIEW).building(Note.VIEW, false, 100);

        views.note(Note.VIEW, built);
        assertThat(views.letters().sequences(NOTES)).as("while it is built").hasSize(1);
        views.note(Note.VIEW, built.switched());

        assertThat(views.letters().sequences(NOTES)).isEmpty();
        assertThat(views.letters().sequences("others")).hasSize(1);
        assertThat(reopen().sequences(NOTES)).isEmpty();
    }
}
