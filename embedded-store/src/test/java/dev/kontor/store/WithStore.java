package dev.kontor.store;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test with a store of its own, which it can close and open again. */
abstract class WithStore {

    @TempDir
    Path folder;

    StoreSetup setup;

    @BeforeEach
    void open() {
        setup = new StoreSetup(folder);
    }

    @AfterEach
    void close() {
        setup.close();
    }

    final void reopen() {
        close();
        open();
    }
}
