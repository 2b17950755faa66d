package dev.kontor.side.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kontor.grpc.platform.StartException;
import dev.kontor.side.platform.ReadPosition.Lag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A processor of Axon over a log in memory, and looks at times that the test chooses. */
class ProcessorWatchTest {

    private static final String NAME = "numbers";

    /** Handles one number, and waits with the next ones until it may continue. */
    private static final class Numbers {

        private final CountDownLatch isWaiting = new CountDownLatch(1);
        private final CountDownLatch mayContinue = new CountDownLatch(1);
        private final CountDownLatch isDone = new CountDownLatch(3);

        @EventHandler
        void on(Integer number) throws InterruptedException {
            if (number > 1) {
                isWaiting.countDown();
                assertThat(mayContinue.await(60, TimeUnit.SECONDS)).isTrue();
            }
            isDone.countDown();
        }
    }

    private final Numbers numbers = new Numbers();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    /** The tokens that processes share; none where one process has all segments. */
    private final List<Optional<TrackingToken>> stored = new ArrayList<>();

    private final ProcessorPauses pauses = new ProcessorPauses(new PausedInMemory());
    private boolean isAway;
    private Configuration configuration;
    private EventStore log;
    private ProcessorWatch watch;

    @BeforeEach
    void start() {
        var configurer = DefaultConfigurer.defaultConfiguration()
                .configureEmbeddedEventStore(c -> new InMemoryEventStorageEngine())
                .registerComponent(HandlingTimes.class, c -> new HandlingTimes(registry, Clock.systemUTC()));
        configurer.eventProcessing().registerEventHandler(c -> numbers);
        configurer.eventProcessing().assignHandlerTypesMatching(NAME, Numbers.class::equals);
        EventProcessor.fromFirstEvent(NAME, new InMemoryTokenStore(), 1, 1)
                .registerWithoutLetters(configurer.eventProcessing());
        configuration = configurer.start();
        log = configuration.eventStore();
        watch = watch(Duration.ofSeconds(30));
    }

    private List<Optional<TrackingToken>> stored() {
        if (isAway) {
            throw new IllegalStateException("The store is away");
        }
        return stored;
    }

    private ProcessorWatch watch(Duration budget) {
        return new ProcessorWatch(configuration.eventProcessingConfiguration(), log, _ -> stored(), pauses, budget);
    }

    @AfterEach
    void stop() {
        numbers.mayContinue.countDown();
        configuration.shutdown();
    }

    private void happens(int number) {
        log.publish(GenericEventMessage.asEventMessage(number));
    }

    private Lag at(long seconds) {
        watch.look(Duration.ofSeconds(seconds).toNanos());
        return watch.lag(NAME);
    }

    private void awaits(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Test
    void a_processor_stalls_while_an_event_is_not_handled_and_moves_after_it() throws InterruptedException {
        happens(1);
        happens(2);
        assertThat(numbers.isWaiting.await(60, TimeUnit.SECONDS)).isTrue();
        awaits(() -> at(0).events() == 1);
        happens(3);

        Lag lag = at(40);

        assertThat(lag.events()).isEqualTo(2);
        assertThat(lag.delay()).isEqualTo(Duration.ofSeconds(40));
        assertThat(watch.isOverBudget(lag.stall())).isTrue();
        assertThat(watch.lags()).containsOnlyKeys(NAME);
        assertThat(new ProcessorMeasurements()
                        .eventProcessorsHealthIndicator(watch)
                        .health()
                        .getDetails())
                .isEqualTo(Map.of(
                        "alarm",
                        Map.of(
                                NAME,
                                "2 events behind, for %d s"
                                        .formatted(lag.stall().toSeconds()))));

        numbers.mayContinue.countDown();
        assertThat(numbers.isDone.await(60, TimeUnit.SECONDS)).isTrue();
        awaits(() -> at(50).equals(Lag.NONE));
    }

    @Test
    void a_processor_that_has_no_segment_here_counts_with_its_last_position() {
        happens(1);
        awaits(() -> !watch.lags().isEmpty() || !at(0).equals(Lag.NONE));
        awaits(() -> at(0).equals(Lag.NONE));
        configuration
                .eventProcessingConfiguration()
                .eventProcessor(NAME)
                .orElseThrow()
                .shutDown();
        happens(1);

        assertThat(at(40).events()).isEqualTo(1);
        assertThat(at(80).stall()).isGreaterThanOrEqualTo(Duration.ofSeconds(40));
    }

    @Test
    void a_paused_processor_is_late_and_does_not_stall() {
        happens(1);
        awaits(() -> at(0).equals(Lag.NONE));
        configuration
                .eventProcessingConfiguration()
                .eventProcessor(NAME)
                .orElseThrow()
                .shutDown();
        pauses.pause(NAME);
        happens(1);

        assertThat(at(40).events()).isEqualTo(1);
        assertThat(at(80)).isEqualTo(new Lag(1, Duration.ofSeconds(40), Duration.ZERO));
    }

    @Test
    void the_slowest_segment_counts_whichever_process_has_it() {
        happens(1);
        happens(1);
        stored.add(Optional.of(new GlobalSequenceTrackingToken(1)));
        stored.add(Optional.empty());

        assertThat(at(0).events()).isEqualTo(2);
        assertThat(at(40).stall()).isEqualTo(Duration.ofSeconds(40));
    }

    @Test
    void a_processor_whose_store_is_away_stalls() {
        happens(1);
        happens(1);
        stored.add(Optional.of(new GlobalSequenceTrackingToken(0)));
        assertThat(at(0).events()).isEqualTo(1);
        isAway = true;

        assertThatThrownBy(() -> at(40)).hasMessage("The store is away");

        assertThat(watch.lag(NAME)).isEqualTo(new Lag(1, Duration.ofSeconds(40), Duration.ofSeconds(40)));
    }

    @Test
    void each_event_that_is_handled_is_measured() {
        numbers.mayContinue.countDown();
        for (int number = 1; number <= 3; number++) {
            happens(number);
        }
        awaits(() -> registry.get("kontor.processors.handling")
                        .tag("processor", NAME)
                        .timer()
                        .count()
                == 3);
    }

    @Test
    void a_budget_is_positive() {
        assertThatThrownBy(() -> watch(Duration.ZERO))
                .isInstanceOf(StartException.class)
                .hasMessage("kontor.processors.lag-budget is PT0S; it must be positive");
    }
}
