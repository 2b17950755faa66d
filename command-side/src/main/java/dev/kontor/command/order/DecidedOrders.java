package dev.kontor.command.order;

import dev.kontor.api.order.Rejection;
import dev.kontor.api.order.RejectionReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Measures orders by their outcome, as events are handled: an event that is handled again is measured again. */
@Component
class DecidedOrders {

    private final MeterRegistry registry;
    private final Timer confirmed;
    private final Timer rejected;

    DecidedOrders(MeterRegistry registry) {
        this.registry = registry;
        confirmed = timer("confirmed");
        rejected = timer("rejected");
    }

    private Timer timer(String outcome) {
        return Timer.builder("kontor.orders.decision")
                .tag("outcome", outcome)
                .description("From an order's placement to its decision")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofMinutes(1))
                .register(registry);
    }

    void confirmed(Instant placedAt, Instant at) {
        confirmed.record(between(placedAt, at));
    }

    void rejected(Rejection rejection, Instant placedAt, Instant at) {
        rejected.record(between(placedAt, at));
        Counter.builder("kontor.orders.rejections")
                .tag(
                        "reason",
                        RejectionReason.ofCode(rejection.code())
                                .map(RejectionReason::code)
                                .orElse("other"))
                .description("Rejected orders")
                .register(registry)
                .increment();
    }

    /** Two processes may have made the events, by two clocks. */
    private static Duration between(Instant placedAt, Instant at) {
        return at.isBefore(placedAt) ? Duration.ZERO : Duration.between(placedAt, at);
    }
}
