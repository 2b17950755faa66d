package dev.kontor.side.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.side.platform.ReadPosition.Lag;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReadPositionTest {

    private final ReadPosition position = new ReadPosition(10, seconds(0));

    private static long seconds(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }

    private static Lag lag(long events, long delay, long stall) {
        return new Lag(events, Duration.ofSeconds(delay), Duration.ofSeconds(stall));
    }

    @Test
    void a_processor_at_the_end_of_the_log_is_not_behind_however_long_nothing_happens() {
        assertThat(position.look(10, 10, seconds(0))).isEqualTo(Lag.NONE);
        assertThat(position.look(10, 10, seconds(3_000))).isEqualTo(Lag.NONE);
        assertThat(position.look(10, 12, seconds(3_001))).isEqualTo(lag(2, 0, 1));
    }

    @Test
    void a_processor_that_does_not_move_is_late_and_stalls() {
        position.look(10, 15, seconds(1));
        assertThat(position.look(10, 40, seconds(31))).isEqualTo(lag(30, 30, 31));
    }

    @Test
    void a_processor_that_moves_is_late_by_the_oldest_event_that_it_has_not_read() {
        position.look(10, 20, seconds(1));
        position.look(10, 30, seconds(2));
        position.look(12, 40, seconds(3));
        assertThat(position.look(19, 50, seconds(4))).isEqualTo(lag(31, 3, 0));
        assertThat(position.look(20, 60, seconds(5))).isEqualTo(lag(40, 3, 0));
        assertThat(position.look(60, 60, seconds(6))).isEqualTo(Lag.NONE);
    }

    @Test
    void a_processor_that_is_reset_moves() {
        position.look(10, 10, seconds(1));
        assertThat(position.look(-1, 10, seconds(60))).isEqualTo(lag(11, 0, 0));
        assertThat(position.look(-1, 10, seconds(70))).isEqualTo(lag(11, 10, 10));
    }

    @Test
    void the_delay_is_known_for_longer_than_the_ends_of_the_log_that_are_remembered() {
        int looks = ReadPosition.MOST_ENDS + 100;
        for (int look = 1; look <= looks; look++) {
            position.look(10, 10 + look, seconds(look));
        }
        assertThat(position.look(10, 11 + looks, seconds(looks + 1L))).isEqualTo(lag(looks + 1L, looks, looks + 1L));
    }
}
