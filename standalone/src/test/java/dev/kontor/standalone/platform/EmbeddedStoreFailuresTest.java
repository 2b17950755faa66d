package dev.kontor.standalone.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.store.EmbeddedStore;
import dev.kontor.store.StoreException;
import dev.kontor.store.StoreFullException;
import dev.kontor.store.StoreListener;
import dev.kontor.store.StoreSettings;
import dev.kontor.store.StoreState;
import java.nio.file.Path;
import java.time.Duration;
import org.axonframework.commandhandling.CommandExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Status;

/** The answers to clients when the event store fails. */
class EmbeddedStoreFailuresTest {

    @TempDir
    Path folder;

    private static Throwable failureOf(Runnable write) {
        try {
            write.run();
        } catch (RuntimeException e) {
            return e;
        }
        throw new AssertionError("nothing failed");
    }

    private static Throwable asCommandsFail(Throwable failure) {
        return new CommandExecutionException("failed", failure);
    }

    @Test
    void a_full_disk_is_reported_as_full_and_not_as_down() {
        try (EmbeddedStore store = EmbeddedStore.open(
                folder, StoreListener.NONE, StoreSettings.DEFAULT.withReserveBytes(Long.MAX_VALUE))) {
            Throwable failure = failureOf(() -> store.column("rows").put("key", new byte[1]));
            RefusedException told = new EmbeddedStoreFailures().translate(asCommandsFail(failure));

            assertThat(failure).isInstanceOf(StoreFullException.class);
            assertThat(told.problem()).isEqualTo(Problem.STORAGE_FULL);
            assertThat(told.detail()).contains("resume by themselves").doesNotContain(folder.toString());
            assertThat(store.state()).isEqualTo(StoreState.FULL);
            assertThat(new EventStoreHealth(store).health().getStatus()).isEqualTo(Status.UP);
        }
    }

    @Test
    void a_store_that_has_stopped_is_down_and_asks_for_a_restart() {
        StoreListener failing = new StoreListener() {
            @Override
            public void written(Group group, Duration took) {
                throw new IllegalStateException("the disk is gone");
            }
        };
        try (EmbeddedStore store = EmbeddedStore.open(folder, failing)) {
            assertThat(new EventStoreHealth(store).health().getStatus()).isEqualTo(Status.UP);
            Throwable failure = failureOf(() -> store.column("rows").put("key", new byte[1]));
            RefusedException told = new EmbeddedStoreFailures().translate(asCommandsFail(failure));

            assertThat(told.problem()).isEqualTo(Problem.STORAGE_FAILED);
            assertThat(told.detail()).contains("restarted").doesNotContain("the disk is gone");
            assertThat(store.state()).isEqualTo(StoreState.STOPPED);
            assertThat(new EventStoreHealth(store).health().getStatus()).isEqualTo(Status.DOWN);
        }
    }

    @Test
    void an_unreadable_store_is_reported_without_details_of_files() {
        EmbeddedStore store = EmbeddedStore.open(folder);
        store.close();
        Throwable failure = failureOf(() -> store.column("rows"));

        assertThat(failure).isInstanceOf(StoreException.class);
        assertThat(new EmbeddedStoreFailures().translate(failure).problem()).isEqualTo(Problem.STORAGE_FAILED);
        assertThat(new EventStoreHealth(store).health().getStatus()).isEqualTo(Status.DOWN);
    }

    @Test
    void other_failures_are_left_to_other_components() {
        assertThat(new EmbeddedStoreFailures().translate(new IllegalStateException("other")))
                .isNull();
    }
}
