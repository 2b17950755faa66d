package dev.kontor.standalone.platform;

import dev.kontor.side.platform.JoinedLetters;
import dev.kontor.side.platform.LetterStore;
import dev.kontor.side.platform.LetterStoreContract;
import dev.kontor.store.EmbeddedStore;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class LetterColumnTest extends LetterStoreContract {

    @TempDir
    private Path folder;

    private EmbeddedStore store;

    @Override
    protected LetterStore open() {
        store = EmbeddedStore.open(folder);
        return new JoinedLetters(new LetterColumn(store));
    }

    @Override
    protected LetterStore reopen() {
        close();
        return open();
    }

    @AfterEach
    void close() {
        store.close();
    }
}
