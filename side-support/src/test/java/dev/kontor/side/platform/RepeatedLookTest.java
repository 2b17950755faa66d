package dev.kontor.side.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RepeatedLookTest {

    private static final Duration LONG = Duration.ofDays(1);

    private final List<String> reports = new CopyOnWriteArrayList<>();
    private final Semaphore looked = new Semaphore(0);
    private volatile String failure;
    private final RepeatedLook looking =
            new RepeatedLook("test-look", this::look, failed -> reports.add(failed.getMessage()));

    private void look() {
        String said = failure;
        looked.release();
        if (said != null) {
            throw new IllegalStateException(said);
        }
    }

    @AfterEach
    void stop() throws InterruptedException {
        assertThat(looking.stop(Duration.ofSeconds(30))).isTrue();
    }

    @Test
    void of_failures_in_a_row_the_first_is_reported() throws InterruptedException {
        for (String next : new String[] {"one", "two", null, "three", "four"}) {
            failure = next;
            looking.lookNow();
            looked.acquire();
        }
        looking.stop(Duration.ofSeconds(30));

        assertThat(reports).containsExactly("one", "three");
    }

    @Test
    void a_failure_does_not_end_the_looks() throws InterruptedException {
        failure = "one";
        looking.start(Duration.ofMillis(1));

        looked.acquire(3);

        assertThat(reports).containsExactly("one");
    }

    @Test
    void a_look_can_be_had_at_once() throws InterruptedException {
        looking.start(LONG);
        looked.acquire();

        looking.lookNow();

        looked.acquire();
        assertThat(reports).isEmpty();
    }
}
