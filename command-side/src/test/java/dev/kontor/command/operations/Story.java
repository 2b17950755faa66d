package dev.kontor.command.operations;

import dev.kontor.api.Refusal;
import java.time.Instant;
import java.util.List;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;

/** The life of one aggregate, told as given, when and then. It begins at {@link #NOON}. */
public final class Story<T> {

    public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final AggregateTestFixture<T> fixture;
    private final MutableClock clock = new MutableClock(NOON);

    private Story(Class<T> aggregate) {
        fixture = new AggregateTestFixture<>(aggregate);
        fixture.registerInjectableResource(clock);
        fixture.givenNoPriorActivity().andGivenCurrentTime(NOON);
    }

    public static <T> Story<T> of(Class<T> aggregate) {
        return new Story<>(aggregate);
    }

    /** What follows happens at this time. */
    public Story<T> at(Instant time) {
        clock.set(time);
        fixture.andGivenCurrentTime(time);
        return this;
    }

    public Story<T> given(Object... events) {
        fixture.andGiven(events);
        return this;
    }

    public Story<T> given(List<?> events) {
        fixture.andGiven(events);
        return this;
    }

    public Outcome<T> when(Object command) {
        return new Outcome<>(fixture.when(command));
    }

    /** What a command led to. */
    public record Outcome<T>(ResultValidator<T> result) {

        /** These events, all of them, in this order. */
        public Outcome<T> then(Object... events) {
            result.expectSuccessfulHandlerExecution().expectEvents(events);
            return this;
        }

        /** Accepted, and nothing came of it. */
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

        /** There is no such aggregate. */
        public void thenUnknown() {
            result.expectNoEvents().expectException(AggregateNotFoundException.class);
        }
    }
}
