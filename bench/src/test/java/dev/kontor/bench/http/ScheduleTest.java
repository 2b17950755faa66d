package dev.kontor.bench.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final long BEGIN = 5_000;
    private static final long SECOND = 1_000_000_000;

    private final AtomicLong clock = new AtomicLong(BEGIN);

    @Test
    void in_a_closed_loop_a_call_counts_from_when_it_is_made() {
        Schedule schedule = new Schedule(0, SECOND, clock::get);

        clock.set(BEGIN + 300);
        assertThat(schedule.next()).isEqualTo(BEGIN + 300);
        clock.set(BEGIN + SECOND);
        assertThat(schedule.next()).isEqualTo(Schedule.END);
        assertThat(schedule.missed()).isEmpty();
    }

    @Test
    void in_an_open_loop_calls_are_due_at_the_rate() {
        Schedule schedule = new Schedule(4, SECOND, clock::get);

        assertThat(schedule.next()).isEqualTo(BEGIN);
        assertThat(schedule.next()).isEqualTo(BEGIN + SECOND / 4);
        assertThat(schedule.next()).isEqualTo(BEGIN + SECOND / 2);
        assertThat(schedule.next()).isEqualTo(BEGIN + 3 * SECOND / 4);
        assertThat(schedule.next()).isEqualTo(Schedule.END);
        assertThat(schedule.missed()).isEmpty();
    }

    /** Otherwise a server that stands still would hide the calls of that time. */
    @Test
    void a_late_call_still_counts_from_when_it_was_due() {
        Schedule schedule = new Schedule(4, SECOND, clock::get);
        schedule.next();

        clock.set(BEGIN + 900_000_000);

        assertThat(schedule.next()).isEqualTo(BEGIN + SECOND / 4);
    }

    @Test
    void calls_that_were_due_and_not_made_have_waited_until_the_end() {
        Schedule schedule = new Schedule(4, SECOND, clock::get);
        schedule.next();

        clock.set(BEGIN + SECOND + 1);

        assertThat(schedule.next()).isEqualTo(Schedule.END);
        assertThat(schedule.missed()).containsExactly(3 * SECOND / 4, SECOND / 2, SECOND / 4);
    }

    @Test
    void a_rate_that_does_not_divide_a_second_does_not_drift() {
        Schedule schedule = new Schedule(3, 100 * SECOND, clock::get);

        long last = 0;
        for (int i = 0; i < 300; i++) {
            last = schedule.next();
        }
        assertThat(last).isEqualTo(BEGIN + Math.round(299 * (1e9 / 3)));
        assertThat(schedule.next()).isEqualTo(Schedule.END);
    }
}
