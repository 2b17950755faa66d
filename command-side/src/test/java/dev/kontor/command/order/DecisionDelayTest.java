package dev.kontor.command.order;

import static dev.kontor.command.platform.Scenario.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.kontor.command.platform.ScriptedLag;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.grpc.platform.StartException;
import dev.kontor.testsupport.MutableClock;
import java.time.Duration;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.Test;

class DecisionDelayTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ScriptedLag saga = new ScriptedLag();
    private final EventStore eventStore = mock();
    private final MutableClock clock = new MutableClock(NOON);
    private final DecisionDelay delay = new DecisionDelay(saga, eventStore, clock, Duration.ofSeconds(10));
    private long head;

    /** One event a second, and one look. */
    private void passSeconds(int seconds) {
        for (int i = 0; i < seconds; i++) {
            clock.advance(SECOND);
            when(eventStore.createHeadToken()).thenReturn(new GlobalSequenceTrackingToken(head++));
            delay.look();
        }
    }

    private void isRefused() {
        assertThatThrownBy(delay::requireShort)
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.problem()).isEqualTo(Problem.OVERLOADED));
    }

    private void isAccepted() {
        assertThatCode(delay::requireShort).doesNotThrowAnyException();
    }

    @Test
    void orders_are_accepted_before_the_first_look() {
        isAccepted();
    }

    @Test
    void orders_are_refused_while_the_saga_has_not_read_what_was_there_ten_seconds_ago() {
        saga.hasReadUpTo(-1);
        passSeconds(11);
        isAccepted();

        passSeconds(1);
        isRefused();

        saga.hasReadUpTo(0);
        passSeconds(1);
        isRefused();

        saga.hasReadUpTo(5);
        passSeconds(1);
        isAccepted();
    }

    @Test
    void a_saga_that_is_always_a_few_events_behind_delays_nothing() {
        for (int i = 0; i < 100; i++) {
            saga.hasReadUpTo(head - 3);
            passSeconds(1);
            isAccepted();
        }
    }

    @Test
    void a_saga_that_stands_still_for_hours_takes_no_more_memory_and_may_go_on() {
        saga.hasReadUpTo(-1);
        passSeconds(10_000);
        isRefused();

        saga.hasReadUpTo(DecisionDelay.MOST_LOOKS);
        passSeconds(1);

        isAccepted();
    }

    @Test
    void a_bound_of_nothing_is_named() {
        assertThatThrownBy(() -> new DecisionDelay(null, null, null, Duration.ZERO))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("kontor.orders.longest-delay");
    }
}
