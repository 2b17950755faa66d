package dev.kontor.grpc.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ShortWaitTest {

    @Test
    void a_true_condition_needs_no_wait() {
        AtomicInteger looks = new AtomicInteger();

        assertThat(new ShortWait(Duration.ofMinutes(5)).await(() -> looks.incrementAndGet() == 1))
                .isTrue();
        assertThat(looks).hasValue(1);
    }

    @Test
    void a_condition_that_becomes_true_ends_the_wait() {
        AtomicInteger looks = new AtomicInteger();

        assertThat(new ShortWait(Duration.ofMinutes(5)).await(() -> looks.incrementAndGet() == 5))
                .isTrue();
    }

    @Test
    void a_condition_that_stays_false_ends_the_wait_after_its_bound() {
        assertThat(new ShortWait(Duration.ofMillis(30)).await(() -> false)).isFalse();
    }

    @Test
    void an_interrupt_ends_the_wait() {
        Thread.currentThread().interrupt();
        try {
            assertThat(new ShortWait(Duration.ofMinutes(5)).await(() -> false)).isFalse();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
