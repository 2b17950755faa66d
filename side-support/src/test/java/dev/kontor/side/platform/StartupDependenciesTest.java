package dev.kontor.side.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoTimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StartupDependenciesTest {

    private final StartupDependencies needs = new StartupDependencies();

    @Test
    void the_start_does_not_wait_for_an_available_store() {
        AtomicInteger looks = new AtomicInteger();

        needs.await("a store", () -> looks.incrementAndGet() > 0);

        assertThat(looks).hasValue(1);
    }

    @Test
    void the_start_waits_for_an_unreachable_store() {
        AtomicInteger looks = new AtomicInteger();

        needs.await("a store", () -> {
            switch (looks.incrementAndGet()) {
                case 1 -> throw new MongoTimeoutException("no server");
                case 2 -> {
                    return false;
                }
                default -> {
                    return true;
                }
            }
        });

        assertThat(looks).hasValue(3);
    }

    @Test
    void a_permanent_failure_ends_the_start() {
        assertThatThrownBy(() -> needs.await("a store", () -> {
                    throw new IllegalStateException("The key does not open");
                }))
                .hasMessage("The key does not open");
    }

    @Test
    void an_interrupted_thread_stops_waiting() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> needs.await("a store", () -> false)).hasMessageContaining("while waiting for a store");
        assertThat(Thread.interrupted()).isTrue();
    }
}
