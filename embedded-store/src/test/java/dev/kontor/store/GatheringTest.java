package dev.kontor.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GatheringTest {

    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private long now = 1;
    private final Gathering gathering = new Gathering(now);

    private void groups(int count, int writes, long nanosBetweenGroups) {
        for (int i = 0; i < count; i++) {
            now += nanosBetweenGroups;
            gathering.gathered(writes, now);
        }
    }

    @Test
    void the_first_group_does_not_wait() {
        assertThat(gathering.pauseNanos()).isZero();
    }

    @Test
    void a_single_writer_never_waits() {
        groups(1_000, 1, MILLI);

        assertThat(gathering.pauseNanos()).isZero();
    }

    @Test
    void a_group_of_several_writers_waits_for_twice_the_usual_time_between_writes() {
        groups(1_000, 4, 4 * MILLI);

        assertThat(gathering.pauseNanos()).isBetween(2 * MILLI - 1_000, 2 * MILLI);
    }

    @Test
    void writes_that_come_during_a_sync_are_not_waited_for() {
        groups(1_000, 64, MILLI);

        assertThat(gathering.pauseNanos()).isZero();
    }

    @Test
    void rare_writes_are_not_waited_for() {
        groups(1_000, 2, 20 * MILLI);

        assertThat(gathering.pauseNanos()).isZero();
    }

    @Test
    void it_forgets_what_was_usual() {
        groups(1_000, 8, 8 * MILLI);
        groups(100, 1, 8 * MILLI);

        assertThat(gathering.pauseNanos()).isZero();
    }

    @Test
    void a_long_silence_counts_no_more_than_the_longest_wait() {
        groups(1_000, 4, 4 * MILLI);
        groups(1, 4, TimeUnit.HOURS.toNanos(1));

        assertThat(gathering.pauseNanos()).isPositive();
    }
}
