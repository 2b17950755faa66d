package dev.kontor.bench.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WarmUpTest {

    private static final Duration BUSY = Duration.ofSeconds(4);
    private static final Duration AT_REST = Duration.ofMillis(200);

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    @Test
    void it_ends_when_the_compiler_rests_but_not_before_the_shortest_time() {
        assertThat(WarmUp.USUAL.isEnough(seconds(20), AT_REST)).isFalse();
        assertThat(WarmUp.USUAL.isEnough(seconds(30), BUSY)).isFalse();
        assertThat(WarmUp.USUAL.isEnough(seconds(30), AT_REST)).isTrue();
    }

    @Test
    void it_ends_after_the_longest_time() {
        assertThat(WarmUp.USUAL.next(seconds(290))).isEqualTo(seconds(10));
        assertThat(WarmUp.USUAL.next(seconds(300))).isZero();
    }

    @Test
    void a_number_of_seconds_is_kept_whatever_the_compiler_does() {
        WarmUp chosen = WarmUp.of(45);

        assertThat(chosen.isEnough(seconds(40), AT_REST)).isFalse();
        assertThat(chosen.next(seconds(40))).isEqualTo(seconds(5));
        assertThat(chosen.next(seconds(45))).isZero();
        assertThat(WarmUp.of(0).next(Duration.ZERO)).isZero();
        assertThat(chosen).hasToString("45 s of warm-up");
    }
}
