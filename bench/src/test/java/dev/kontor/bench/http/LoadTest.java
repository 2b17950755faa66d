package dev.kontor.bench.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoadTest {

    private static final Duration TIME = Duration.ofMillis(20);
    private static final long MILLISECOND = 1_000_000;

    private final AtomicLong clock = new AtomicLong();
    private int calls;

    @Test
    void good_and_failed_calls_are_counted_apart() {
        Load.Outcome outcome = run(0, operation -> {
            clock.addAndGet(MILLISECOND);
            return switch (calls++ % 3) {
                case 0 -> null;
                case 1 -> "status 503";
                default -> throw new IOException("reset");
            };
        });

        assertThat(outcome.good()).isEqualTo(7);
        assertThat(outcome.perSecond()).isEqualTo(350);
        assertThat(outcome.errors()).isEqualTo(Map.of("status 503", 7L, "IOException", 6L));
        assertThat(outcome.all().count()).isEqualTo(7);
        assertThat(outcome.all().maxMillis()).isEqualTo(1, within(0.001));
    }

    @Test
    void refusals_have_times_of_their_own() {
        Load.Outcome outcome = run(0, operation -> {
            clock.addAndGet(calls % 2 == 0 ? 3 * MILLISECOND : MILLISECOND);
            return calls++ % 2 == 0 ? null : Load.REFUSED;
        });

        assertThat(outcome.errors()).isEqualTo(Map.of(Load.REFUSED, 5L));
        assertThat(outcome.refusals().count()).isEqualTo(5);
        assertThat(outcome.refusals().maxMillis()).isEqualTo(1, within(0.001));
        assertThat(outcome.all().p50Millis()).isEqualTo(3, within(0.005));
    }

    @Test
    void a_mix_has_every_operation() {
        assertThat(Workload.MIXED.operations()).doesNotHaveDuplicates().hasSize(5);
        assertThat(IntStream.range(0, 1_000)
                        .filter(draw -> Workload.MIXED.operation(draw).isOrder()))
                .hasSize(100);
    }

    /** The server stands still in the first of twenty calls. */
    @Test
    void in_an_open_loop_calls_that_no_client_could_make_are_errors_and_have_waited() {
        Load.Outcome outcome = run(1_000, operation -> {
            clock.addAndGet(40 * MILLISECOND);
            return null;
        });

        assertThat(outcome.good()).isEqualTo(1);
        assertThat(outcome.errors()).containsExactly(Map.entry(Load.NOT_MADE, 19L));
        assertThat(outcome.all().count()).isEqualTo(20);
        assertThat(outcome.all().p50Millis()).isEqualTo(10, within(0.01));
        assertThat(outcome.all().maxMillis()).isEqualTo(40, within(0.05));
    }

    @Test
    void a_slow_call_delays_those_after_it_and_shows_in_their_times() {
        Load.Outcome outcome = run(1_000, operation -> {
            if (calls++ == 0) {
                clock.addAndGet(10 * MILLISECOND);
            }
            clock.addAndGet(MILLISECOND / 2);
            return null;
        });

        assertThat(outcome.good() + outcome.errors().getOrDefault(Load.NOT_MADE, 0L))
                .isEqualTo(20);
        assertThat(outcome.all().p50Millis()).isGreaterThan(4);
    }

    private interface Answer {
        String to(Operation operation) throws IOException;
    }

    private Load.Outcome run(int rate, Answer answer) {
        Caller caller = new Caller() {
            @Override
            public String call(Operation operation) throws IOException {
                return answer.to(operation);
            }

            @Override
            public void close() {
                // It has no connection.
            }
        };
        return new Load(List.of(caller), Workload.ORDERS, rate, clock::get).run(TIME, TIME, (at, slice) -> {});
    }
}
