package dev.kontor.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store is opened by one, and is of use until it is closed. */
class StoreLifeTest {

    @TempDir
    Path folder;

    private Shelf shelf;

    @BeforeEach
    void open() {
        shelf = new Shelf(folder);
    }

    @AfterEach
    void close() {
        shelf.close();
    }

    private void reopen() {
        shelf.close();
        shelf = new Shelf(folder);
    }

    @Test
    void aClosedStoreRefusesToWriteAndToRead() {
        shelf.append("written");
        Column column = shelf.store.column("rows");
        shelf.close();

        assertThatThrownBy(() -> shelf.append("late"))
                .isInstanceOf(StoreException.class)
                .hasMessage("The event store is closed");
        assertThatThrownBy(() -> column.put("late", new byte[1])).hasMessage("The event store is closed");
        assertThatThrownBy(() -> shelf.log()).hasMessage("The event store is closed");
        assertThatThrownBy(() -> shelf.texts("any")).hasMessage("The event store is closed");
        assertThatThrownBy(() -> shelf.engine.lastSequenceNumberFor("any")).hasMessage("The event store is closed");
        assertThatThrownBy(() -> shelf.engine.createTokenAt(Instant.EPOCH)).hasMessage("The event store is closed");
        assertThatThrownBy(() -> shelf.store.column("another")).hasMessage("The event store is closed");
        shelf.close();
        reopen();
        assertThat(shelf.texts()).containsExactly("written");
    }

    @Test
    void readersAndWritersAtTheMomentOfClosingAreAnsweredOrRefused() throws Exception {
        shelf.append("first");
        CyclicBarrier start = new CyclicBarrier(9);
        List<Callable<Integer>> users = new ArrayList<>();
        for (int user = 0; user < 8; user++) {
            boolean writes = user % 2 == 0;
            users.add(() -> {
                start.await();
                for (int done = 0; ; done++) {
                    try {
                        if (writes) {
                            shelf.append("event");
                        } else {
                            shelf.log();
                        }
                    } catch (StoreException closed) {
                        assertThat(closed).hasMessage("The event store is closed");
                        return writes ? done : 0;
                    }
                }
            });
        }
        users.add(() -> {
            start.await();
            shelf.close();
            return 0;
        });
        int written = 0;
        List<Future<Integer>> answers = Shelf.together(users);
        for (Future<Integer> answer : answers) {
            written += answer.get();
        }
        reopen();
        assertThat(shelf.log()).hasSize(1 + written);
    }

    @Test
    void aFolderIsOpenedOnceAtATime() {
        assertThatThrownBy(() -> EmbeddedStore.open(folder))
                .isInstanceOf(StoreInUseException.class)
                .hasMessageContaining(folder.toString());
        shelf.append("still works");
        assertThat(shelf.texts()).containsExactly("still works");
    }

    @Test
    void aFolderThatCannotBeMadeIsRefused() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> EmbeddedStore.open(file.resolve("log")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("cannot be made");
    }
}
