package dev.kontor.standalone.platform;

import dev.kontor.side.platform.JoinedLetters;
import dev.kontor.side.platform.StoredLetter;
import dev.kontor.store.documents.DocumentStore;
import dev.kontor.store.documents.DocumentWrites;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * The rows of the views' dead letters, beside the documents. What a batch of a stored view writes is written with its
 * documents and its token. Letters that are retried are written at once.
 */
final class ViewLetterRows implements JoinedLetters.Rows {

    private static final String PENDING = ViewLetterRows.class.getName();

    private final DocumentStore documents;

    private record Pending(StoredLetter.Key key, byte[] row, Runnable afterwards) {}

    ViewLetterRows(DocumentStore documents) {
        this.documents = documents;
    }

    @Override
    public void readAll(BiConsumer<StoredLetter.Key, byte[]> reader) {
        documents.letters(row -> reader.accept(StoredLetter.decode(row).key(), row));
    }

    @Override
    public byte[] get(StoredLetter.Key key) {
        return documents.letter(key.queue(), key.sequence(), key.position());
    }

    @Override
    public boolean isJoining(String queue) {
        return CurrentUnitOfWork.isStarted()
                && CurrentUnitOfWork.get().root() instanceof BatchingUnitOfWork<?> batch
                && batch.phase().isBefore(UnitOfWork.Phase.COMMIT);
    }

    @Override
    public void write(StoredLetter.Key key, byte[] row, Runnable afterwards) {
        Pending letter = new Pending(key, row, afterwards);
        if (isJoining(key.queue())) {
            CurrentUnitOfWork.get()
                    .root()
                    .getOrComputeResource(PENDING, name -> new ArrayList<Pending>())
                    .add(letter);
        } else {
            documents.write(writes -> write(letter, writes));
            afterwards.run();
        }
    }

    /** Adds the letters of the current batch to its write. Returns what to do when that is done. */
    Runnable writePending(DocumentWrites writes) {
        List<Pending> pending = CurrentUnitOfWork.isStarted()
                ? CurrentUnitOfWork.get().root().getOrDefaultResource(PENDING, List.of())
                : List.of();
        pending.forEach(letter -> write(letter, writes));
        return () -> pending.forEach(letter -> letter.afterwards().run());
    }

    private static void write(Pending letter, DocumentWrites writes) {
        StoredLetter.Key key = letter.key();
        writes.letter(key.queue(), key.sequence(), key.position(), letter.row());
    }
}
