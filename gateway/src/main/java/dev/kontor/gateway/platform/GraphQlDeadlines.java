package dev.kontor.gateway.platform;

import io.grpc.Context;
import io.grpc.Context.CancellableContext;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** The deadline of a query, and of an event of a subscription, however many calls it makes. */
@Lazy
@Component
class GraphQlDeadlines implements AutoCloseable {

    private final Duration deadline;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("graphql-deadlines").factory());

    GraphQlDeadlines(@Value("${kontor.deadline:10s}") Duration deadline) {
        this.deadline = deadline;
    }

    <R> R within(Supplier<R> executed) {
        CancellableContext bounded =
                Context.current().withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS, timer);
        Context outer = bounded.attach();
        try {
            return executed.get();
        } finally {
            bounded.detachAndCancel(outer, null);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
