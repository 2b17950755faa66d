package dev.kontor.grpc.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ShortWaitTest {

    @Test
    void what_is_there_is_not_waited_for() {
        AtomicInteger looks = new AtomicInteger();

        assertThat(new ShortWait(Duration.ofMinutes(5)).await(() -> looks.incrementAndGet() == 1))
                .isTrue();
        assertThat(looks).hasValue(1);
    }

    @Test
    void what_comes_in_a_moment_is_waited_for() {
        AtomicInteger looks = new AtomicInteger();

        assertThat(new ShortWait(Duration.ofMinutes(5)).await(() -> looks.incrementAndGet() == 5))
                .isTrue();
    }

    @Test
    void what_does_not_come_is_given_up() {
        assertThat(new ShortWait(Duration.ofMillis(30)).await(() -> false)).isFalse();
    }

    @Test
    void who_is_interrupted_waits_no_longer() {
        Thread.currentThread().interrupt();
        try {
            assertThat(new ShortWait(Duration.ofMinutes(5)).await(() -> false)).isFalse();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
