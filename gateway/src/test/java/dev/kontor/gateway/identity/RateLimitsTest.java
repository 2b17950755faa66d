package dev.kontor.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kontor.gateway.identity.RateLimits.Try;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.Rate;
import dev.kontor.grpc.platform.RefusedException;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.mock.env.MockEnvironment;

class RateLimitsTest {

    /** A clock that tests advance. */
    private static final class ManualTime implements TimeMeter {

        private volatile long nanos;

        @Override
        public long currentTimeNanos() {
            return nanos;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }

        void advance(Duration duration) {
            nanos += duration.toNanos();
        }
    }

    private final ManualTime time = new ManualTime();
    private final RateLimits limits = new RateLimits(settings(), time);

    private static LimitSettings settings(String... namesAndValues) {
        MockEnvironment environment = new MockEnvironment();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            environment.setProperty("kontor.limits." + namesAndValues[i], namesAndValues[i + 1]);
        }
        return Binder.get(environment).bindOrCreate("kontor.limits", LimitSettings.class);
    }

    private void changes(int count, String account) {
        IntStream.range(0, count).forEach(i -> limits.byAccount(Try.PASSWORD, account));
    }

    private static long secondsToWait(Runnable attempt) {
        RefusedException refused = catchThrowableOfType(RefusedException.class, attempt::run);
        assertThat(refused).as("refused").isNotNull();
        assertThat(refused.problem()).isEqualTo(Problem.TOO_MANY_REQUESTS);
        return Long.parseLong(refused.attributes().get("retryAfter"));
    }

    @Test
    void ten_changes_a_minute_and_then_one_every_six_seconds() {
        changes(10, "ann@example.com");
        assertThat(secondsToWait(() -> changes(1, "ann@example.com"))).isEqualTo(6);

        time.advance(Duration.ofMillis(5_999));
        assertThat(secondsToWait(() -> changes(1, "ann@example.com")))
                .as("rounded up")
                .isEqualTo(1);

        time.advance(Duration.ofMillis(1));
        changes(1, "ann@example.com");
        assertThat(secondsToWait(() -> changes(1, "ann@example.com"))).isEqualTo(6);
    }

    @Test
    void after_a_minute_all_attempts_are_available_again_and_not_more() {
        changes(10, "ann@example.com");
        time.advance(Duration.ofHours(1));

        changes(10, "ann@example.com");
        assertThat(secondsToWait(() -> changes(1, "ann@example.com"))).isEqualTo(6);
    }

    @Test
    void other_accounts_are_not_limited() {
        changes(10, "ann@example.com");

        changes(10, "ben@example.com");
        limits.byAccount(Try.REFRESH, "ann@example.com");
        limits.byAddress(Try.SIGN_IN, "10.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({"SIGN_UP,20,3", "SIGN_IN,100,1", "REFRESH,300,1"})
    void an_address_has_a_number_of_attempts_a_minute(Try counted, int count, long wait) {
        IntStream.range(0, count).forEach(i -> limits.byAddress(counted, "10.0.0.1"));

        assertThat(secondsToWait(() -> limits.byAddress(counted, "10.0.0.1"))).isEqualTo(wait);
        limits.byAddress(counted, "10.0.0.2");
    }

    @ParameterizedTest
    @CsvSource({"REFRESH,30", "PASSWORD,10"})
    void an_account_has_a_number_of_attempts_a_minute(Try counted, int count) {
        IntStream.range(0, count).forEach(i -> limits.byAccount(counted, "a"));

        assertThatThrownBy(() -> limits.byAccount(counted, "a")).isInstanceOf(RefusedException.class);
        limits.byAccount(counted, "b");
    }

    @Test
    void a_network_of_ipv6_counts_as_one_address() {
        IntStream.range(0, 20).forEach(i -> limits.byAddress(Try.SIGN_UP, "2001:db8:1:2::" + Integer.toHexString(i)));

        secondsToWait(() -> limits.byAddress(Try.SIGN_UP, "2001:db8:1:2:ffff:ffff:ffff:ffff"));
        limits.byAddress(Try.SIGN_UP, "2001:db8:1:3::1");
    }

    @Test
    void ipv4_addresses_in_ipv6_notation_are_separate_addresses() {
        IntStream.range(0, 20).forEach(i -> limits.byAddress(Try.SIGN_UP, "::ffff:10.0.0.1"));

        limits.byAddress(Try.SIGN_UP, "::ffff:10.0.0.2");
    }

    @Test
    void a_name_in_place_of_an_address_is_counted_by_itself() {
        IntStream.range(0, 20).forEach(i -> limits.byAddress(Try.SIGN_UP, "unknown"));

        secondsToWait(() -> limits.byAddress(Try.SIGN_UP, "unknown"));
    }

    @Test
    void many_simultaneous_attempts_get_exactly_the_limit() {
        AtomicInteger accepted = new AtomicInteger();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 500)
                    .forEach(i -> clients.execute(() -> {
                        try {
                            changes(1, "ann@example.com");
                            accepted.incrementAndGet();
                        } catch (RefusedException tooMany) {
                            // Expected for most attempts.
                        }
                    }));
        }

        assertThat(accepted).hasValue(10);
    }

    @Test
    void a_limit_can_be_set_and_switched_off() {
        RateLimits set = new RateLimits(settings("sign-up.per-address", "off", "refresh.per-account", "2/1h"), time);

        IntStream.range(0, 1_000).forEach(i -> set.byAddress(Try.SIGN_UP, "10.0.0.1"));
        set.byAccount(Try.REFRESH, "a");
        set.byAccount(Try.REFRESH, "a");
        assertThat(secondsToWait(() -> set.byAccount(Try.REFRESH, "a"))).isEqualTo(1_800);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ten/1m", "10", "10/", "/1m", "-1/1m", "10/0s", "10/-1m", "10/soon", ""})
    void an_invalid_rate_is_refused(String text) {
        assertThatThrownBy(() -> Rate.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("10/1m");
    }
}
