package dev.kontor.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "a single writer, 1, 1000000",
        "writes that fill a group during a sync, 64, 1000000",
        "rare writes, 2, 20000000",
    })
    void no_group_waits_of(String load, int writes, long nanosBetweenGroups) {
        groups(1_000, writes, nanosBetweenGroups);

        assertThat(gathering.pauseNanos()).isZero();
    }

    @Test
    void a_group_of_several_writers_waits_for_twice_the_usual_time_between_writes() {
        groups(1_000, 4, 4 * MILLI);

        assertThat(gathering.pauseNanos()).isBetween(2 * MILLI - 1_000, 2 * MILLI);
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
