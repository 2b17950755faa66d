package dev.kontor.side.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoordinatorExecutorTest {

    private final CoordinatorExecutor executor = new CoordinatorExecutor("view");

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    private long delayOf(long millis) {
        return executor.schedule(() -> {}, millis, TimeUnit.MILLISECONDS).getDelay(TimeUnit.MILLISECONDS);
    }

    @Test
    void the_pause_for_a_full_queue_is_shorter() {
        assertThat(delayOf(100)).isLessThanOrEqualTo(CoordinatorExecutor.SHORTER_MILLIS);
    }

    @ParameterizedTest
    @ValueSource(longs = {60_000, 500_000})
    void a_pause_after_a_failure_is_as_long_as_the_coordinator_wants(long millis) {
        assertThat(delayOf(millis)).isBetween(millis / 2, millis);
    }
}
