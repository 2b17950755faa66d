package dev.kontor.store;

import static dev.kontor.store.StoreSetup.event;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A checkpoint made during writes is a store with a prefix of the events. */
@Timeout(60)
class CheckpointTest {

    private static final int WRITERS = 4;
    private static final int COPIES = 5;

    @TempDir
    Path folder;

    @Test
    void every_copy_that_is_made_while_many_write_is_whole_and_ends_where_it_says() throws Exception {
        List<Long> heads = new ArrayList<>();
        AtomicBoolean enough = new AtomicBoolean();
        try (StoreSetup setup = new StoreSetup(folder.resolve("log"));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Void>> writers = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                String aggregate = "writer-" + writer;
                writers.add(CompletableFuture.runAsync(
                        () -> {
                            for (int sequence = 0; !enough.get(); sequence++) {
                                setup.engine.appendEvents(event(aggregate, sequence));
                            }
                        },
                        threads));
            }
            try {
                for (int copy = 0; copy < COPIES; copy++) {
                    setup.store.tail().await(setup.store.head() + 20, 20, TimeUnit.SECONDS);
                    heads.add(setup.store.head());
                    setup.store.checkpoint(folder.resolve("copy-" + copy));
                }
            } finally {
                enough.set(true);
            }
            writers.forEach(CompletableFuture::join);
        }

        for (int copy = 0; copy < COPIES; copy++) {
            Path copied = folder.resolve("copy-" + copy);
            List<String> damage = new ArrayList<>();
            try (LogReader reader = LogReader.open(copied)) {
                assertThat(reader.head()).isGreaterThanOrEqualTo(heads.get(copy));
                reader.read(0, new LogReader.Visitor() {
                    @Override
                    public void event(LoggedEvent event) {}

                    @Override
                    public void damage(long position, String what) {
                        damage.add(position + " " + what);
                    }
                });
                reader.checkIndexes((position, what) -> damage.add(position + " " + what));
            }
            assertThat(damage).isEmpty();
            try (StoreSetup setup = new StoreSetup(copied)) {
                assertThat(setup.log()).hasSize((int) setup.store.head() + 1);
                setup.append("the copy goes on by itself");
            }
        }
    }
}
