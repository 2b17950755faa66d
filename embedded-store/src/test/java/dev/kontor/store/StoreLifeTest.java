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
import org.junit.jupiter.api.Test;

/** Only one process opens a store, and it can be used until it is closed. */
class StoreLifeTest extends WithStore {

    @Test
    void a_closed_store_refuses_to_write_and_to_read() {
        setup.append("written");
        Column column = setup.store.column("rows");
        setup.close();

        assertThatThrownBy(() -> setup.append("late"))
                .isInstanceOf(StoreException.class)
                .hasMessage("The event store is closed");
        assertThatThrownBy(() -> column.put("late", new byte[1])).hasMessage("The event store is closed");
        assertThatThrownBy(() -> setup.log()).hasMessage("The event store is closed");
        assertThatThrownBy(() -> setup.texts("any")).hasMessage("The event store is closed");
        assertThatThrownBy(() -> setup.engine.lastSequenceNumberFor("any")).hasMessage("The event store is closed");
        assertThatThrownBy(() -> setup.engine.createTokenAt(Instant.EPOCH)).hasMessage("The event store is closed");
        assertThatThrownBy(() -> setup.store.column("another")).hasMessage("The event store is closed");
        setup.close();
        reopen();
        assertThat(setup.texts()).containsExactly("written");
    }

    @Test
    void readers_and_writers_at_the_moment_of_closing_are_answered_or_refused() throws Exception {
        setup.append("first");
        CyclicBarrier start = new CyclicBarrier(9);
        List<Callable<Integer>> users = new ArrayList<>();
        for (int user = 0; user < 8; user++) {
            boolean writes = user % 2 == 0;
            users.add(() -> {
                start.await();
                for (int done = 0; ; done++) {
                    try {
                        if (writes) {
                            setup.append("event");
                        } else {
                            setup.log();
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
            setup.close();
            return 0;
        });
        int written = 0;
        List<Future<Integer>> answers = StoreSetup.together(users);
        for (Future<Integer> answer : answers) {
            written += answer.get();
        }
        reopen();
        assertThat(setup.log()).hasSize(1 + written);
    }

    @Test
    void a_folder_is_opened_once_at_a_time() {
        assertThatThrownBy(() -> EmbeddedStore.open(folder))
                .isInstanceOf(StoreInUseException.class)
                .hasMessageContaining(folder.toString());
        setup.append("still works");
        assertThat(setup.texts()).containsExactly("still works");
    }

    @Test
    void a_folder_that_cannot_be_made_is_refused() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> EmbeddedStore.open(file.resolve("log")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("cannot be made");
    }
}
