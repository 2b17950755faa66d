package dev.kontor.standalone.platform;

import dev.kontor.side.platform.JoinedLetters;
import dev.kontor.side.platform.StoredLetter;
import dev.kontor.store.DiskColumn;
import dev.kontor.store.EmbeddedStore;
import java.util.function.BiConsumer;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/** The dead letters of policies and sagas, in a column beside the log: each is written with the token. */
public final class LetterColumn implements JoinedLetters.Rows {

    /** The name of the column. */
    private static final String NAME = "letters";
    /** Its column family. */
    public static final String COLUMN = EmbeddedStore.columnFamily(NAME);

    private final DiskColumn rows;

    LetterColumn(EmbeddedStore store) {
        this.rows = store.diskColumn(NAME);
    }

    /** No name contains a zero character. */
    private static String text(StoredLetter.Key key) {
        return "%s\0%s\0%016x".formatted(key.queue(), key.sequence(), key.position());
    }

    @Override
    public void readAll(BiConsumer<StoredLetter.Key, byte[]> reader) {
        rows.read((key, row) -> reader.accept(StoredLetter.decode(row).key(), row));
    }

    @Override
    public byte[] get(StoredLetter.Key key) {
        return rows.get(text(key)).orElse(null);
    }

    @Override
    public boolean isJoining(String queue) {
        return CurrentUnitOfWork.isStarted()
                && CurrentUnitOfWork.get().root().phase().isBefore(UnitOfWork.Phase.COMMIT);
    }

    @Override
    public void write(StoredLetter.Key key, byte[] row, Runnable afterwards) {
        if (row == null) {
            rows.delete(text(key), afterwards);
        } else {
            rows.put(text(key), row, afterwards);
        }
    }
}
