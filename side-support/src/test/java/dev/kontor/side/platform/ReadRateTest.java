package dev.kontor.side.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReadRateTest {

    private final ReadRate rate = new ReadRate();

    private long at(long seconds, long position) {
        rate.look(position, Duration.ofSeconds(seconds).toNanos());
        return rate.perSecond();
    }

    @Test
    void it_is_that_of_the_last_ten_seconds() {
        assertThat(at(0, 0)).isZero();
        assertThat(at(1, 100)).isEqualTo(100);
        assertThat(at(2, 100)).isEqualTo(50);
        for (int second = 3; second <= 12; second++) {
            at(second, 100);
        }
        assertThat(rate.perSecond()).isZero();
    }

    @Test
    void a_processor_that_is_reset_reads_nothing_at_that_moment() {
        at(0, 1_000);
        assertThat(at(1, 10)).isZero();
    }
}
