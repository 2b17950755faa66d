package dev.kontor.gateway.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusalCodec;
import dev.kontor.grpc.platform.RefusedException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AdaptiveLimitTest {

    private static final Duration WANTED = Duration.ofMillis(50);

    private final AtomicLong clock = new AtomicLong(Long.MIN_VALUE);

    private AdaptiveLimit limit(int least, int first, int most) {
        return new AdaptiveLimit(least, first, most, WANTED, clock::get);
    }

    /** Makes so many calls at a time, half of them from each of two networks, which all take this long. */
    private void together(AdaptiveLimit limit, int calls, long millis) {
        if (calls == 0) {
            clock.addAndGet(Duration.ofMillis(millis).toNanos());
            return;
        }
        limit.call("network " + calls % 2, () -> {
            together(limit, calls - 1, millis);
            return null;
        });
    }

    private static void refuses(AdaptiveLimit limit, String network) {
        assertThat(limit.isFull(network)).isTrue();
        assertThatThrownBy(() -> limit.call(network, () -> null))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.problem()).isEqualTo(Problem.OVERLOADED));
    }

    @Test
    void calls_beyond_the_limit_are_refused_and_counted() {
        AdaptiveLimit one = limit(1, 1, 1);

        one.call("a", () -> {
            refuses(one, "b");
            return null;
        });

        assertThat(one.refusals()).isEqualTo(1);
        assertThat(one.inFlight()).isZero();
        assertThat(one.isFull("b")).isFalse();
        assertThat(one.<String>call("b", () -> "accepted")).isEqualTo("accepted");
    }

    @Test
    void a_failed_call_gives_its_place_back() {
        AdaptiveLimit one = limit(1, 1, 1);

        assertThatThrownBy(() -> one.call("a", () -> {
                    throw new IllegalStateException("failed");
                }))
                .hasMessage("failed");

        assertThat(one.inFlight()).isZero();
        assertThat(one.isFull("a")).isFalse();
    }

    @Test
    void one_network_has_at_most_half() {
        AdaptiveLimit four = limit(4, 4, 4);

        four.call(
                "a",
                () -> four.call("a", () -> {
                    refuses(four, "a");
                    assertThat(four.isFull("b")).isFalse();
                    return four.call("b", () -> null);
                }));
    }

    @Test
    void it_grows_while_calls_are_quick_and_the_limit_is_used() {
        AdaptiveLimit limit = limit(10, 20, 30);

        for (int i = 0; i < 40; i++) {
            together(limit, 12, 40);
        }
        assertThat(limit.limit()).as("twelve use less than half of it").isBetween(23, 25);

        for (int i = 0; i < 40; i++) {
            together(limit, 20, 40);
        }
        assertThat(limit.limit()).isEqualTo(30);
    }

    @Test
    void it_shrinks_while_calls_are_slow_on_average_but_not_below_the_least() {
        AdaptiveLimit limit = limit(10, 100, 100);

        for (int i = 0; i < 4; i++) {
            together(limit, 20, 60);
        }
        assertThat(limit.limit()).isBetween(65, 90);

        for (int i = 0; i < 100; i++) {
            together(limit, 10, 60);
        }
        assertThat(limit.limit()).isEqualTo(10);
    }

    @Test
    void it_shrinks_if_a_side_refuses_as_overloaded() {
        AdaptiveLimit limit = limit(10, 100, 100);

        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> limit.call("a", () -> {
                        clock.addAndGet(Duration.ofMillis(5).toNanos());
                        throw RefusalCodec.toStatus(new RefusedException(Problem.OVERLOADED, "full"));
                    }))
                    .isNotInstanceOf(RefusedException.class);
        }

        assertThat(limit.limit()).isLessThan(100);
    }

    @Test
    void clients_that_are_refused_come_back_at_different_times() {
        AdaptiveLimit limit = limit(1, 1, 1);
        Set<String> seconds = new HashSet<>();

        for (int i = 0; i < 1_000; i++) {
            seconds.add(limit.refusal().attributes().get(Problems.RETRY_AFTER));
        }

        assertThat(seconds).containsExactlyInAnyOrder("1", "2", "3");
    }
}
