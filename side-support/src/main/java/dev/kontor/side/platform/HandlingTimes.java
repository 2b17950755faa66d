package dev.kontor.side.platform;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * Measures how long events take to be handled: from the time of an event to the end of the batch that had it. An event
 * that is handled again, after a reset or as a dead letter, is measured again, with its age.
 */
final class HandlingTimes {

    private final MeterRegistry registry;
    private final Clock clock;

    HandlingTimes(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
    }

    /** Measures nothing. */
    static HandlingTimes none() {
        return new HandlingTimes(new CompositeMeterRegistry(), Clock.systemUTC());
    }

    MessageHandlerInterceptor<EventMessage<?>> of(String processor) {
        Timer timer = Timer.builder("kontor.processors.handling")
                .tag("processor", processor)
                .description("From an event to the end of the batch in which the processor handled it")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofMinutes(1))
                .register(registry);
        return new Measured("handled by " + processor, timer, clock);
    }

    /** @param batch the name of the times of a batch, in its unit of work */
    private record Measured(String batch, Timer timer, Clock clock)
            implements MessageHandlerInterceptor<EventMessage<?>> {

        @Override
        public Object handle(UnitOfWork<? extends EventMessage<?>> work, InterceptorChain chain) throws Exception {
            times(work).add(work.getMessage().getTimestamp());
            return chain.proceed();
        }

        private List<Instant> times(UnitOfWork<?> work) {
            return work.getOrComputeResource(batch, _ -> {
                List<Instant> times = new ArrayList<>();
                work.afterCommit(_ -> record(times));
                return times;
            });
        }

        private void record(List<Instant> times) {
            Instant now = clock.instant();
            // Two processes may have two clocks.
            times.forEach(time -> timer.record(now.isBefore(time) ? Duration.ZERO : Duration.between(time, now)));
        }
    }
}
