package dev.kontor.command.platform;

import dev.kontor.api.Refusal;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.side.platform.RefusalProblems;
import dev.kontor.testsupport.MutableClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.messaging.Message;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.test.AxonAssertionError;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.hamcrest.BaseMatcher;
import org.hamcrest.Description;
import org.hamcrest.Matcher;

/** The history of one aggregate as given, when, then. Time begins at {@link #NOON}. */
public final class Scenario<T> {

    public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final AggregateTestFixture<T> fixture;
    private final MutableClock clock = new MutableClock(NOON);

    private Scenario(Class<T> aggregate) {
        fixture = new AggregateTestFixture<>(aggregate);
        fixture.registerInjectableResource(clock);
        fixture.givenNoPriorActivity().andGivenCurrentTime(NOON);
    }

    public static <T> Scenario<T> of(Class<T> aggregate) {
        return new Scenario<>(aggregate);
    }

    /** Sets the time of the following steps. */
    public Scenario<T> at(Instant time) {
        clock.set(time);
        fixture.andGivenCurrentTime(time);
        return this;
    }

    public Scenario<T> given(Object... events) {
        fixture.andGiven(events);
        return this;
    }

    public Scenario<T> given(List<?> events) {
        fixture.andGiven(events);
        return this;
    }

    public Outcome<T> when(Object command) {
        return new Outcome<>(fixture.when(command));
    }

    /** The result of a command. */
    public record Outcome<T>(ResultValidator<T> result) {

        /** Exactly these events, in this order. */
        public Outcome<T> then(Object... events) {
            result.expectSuccessfulHandlerExecution().expectEvents(events);
            return this;
        }

        /** Accepted without an event. */
        public Outcome<T> thenNothing() {
            result.expectSuccessfulHandlerExecution().expectNoEvents();
            return this;
        }

        public Outcome<T> answering(Object answer) {
            result.expectSuccessfulHandlerExecution().expectResultMessagePayload(answer);
            return this;
        }

        public void thenRefused(Refusal refusal) {
            result.expectNoEvents()
                    .expectException(CommandExecutionException.class)
                    .expectExceptionMessage(refusal.message())
                    .expectExceptionDetails(refusal);
        }

        /**
         * The names of the events, or the code of the refusal. Empty if the command is accepted and changes nothing.
         */
        List<String> names() {
            List<String> names = new ArrayList<>();
            result.expectEventsMatching(taking(published -> ((List<?>) published)
                    .forEach(event ->
                            names.add(((Message<?>) event).getPayloadType().getSimpleName()))));
            try {
                result.expectSuccessfulHandlerExecution();
            } catch (AxonAssertionError refused) {
                result.expectException(taking(failure -> names.add(code((Throwable) failure))));
            }
            return names;
        }

        private static String code(Throwable failure) {
            return switch (failure) {
                case CommandExecutionException refused ->
                    "`%s`"
                            .formatted(RefusalProblems.of(
                                            (Refusal) refused.getDetails().orElseThrow())
                                    .code());
                case AggregateNotFoundException unknown -> "`%s`".formatted(Problem.NOT_FOUND.code());
                // The log accepts only one first event of an aggregate.
                case EventStoreException second -> "`%s`".formatted(Problem.CONFLICT.code());
                default -> throw new AssertionError("a command failed without a refusal", failure);
            };
        }

        private static <V> Matcher<V> taking(Consumer<Object> taken) {
            return new BaseMatcher<>() {
                @Override
                public boolean matches(Object actual) {
                    taken.accept(actual);
                    return true;
                }

                @Override
                public void describeTo(Description description) {
                    description.appendText("anything");
                }
            };
        }

        /** The aggregate does not exist. */
        public void thenUnknown() {
            result.expectNoEvents().expectException(AggregateNotFoundException.class);
        }
    }
}
