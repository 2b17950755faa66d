package dev.kontor.side.platform;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.eventhandling.ErrorHandler;
import org.axonframework.eventhandling.PropagatingErrorHandler;

/** Remembers the last failure of each event processor of this process. Safe for many threads. */
final class ProcessorFailures {

    private final Clock clock;
    private final Map<String, Failure> last = new ConcurrentHashMap<>();

    /** @param text without personal data */
    record Failure(Instant at, String text) {}

    ProcessorFailures(Clock clock) {
        this.clock = clock;
    }

    Optional<Failure> last(String processor) {
        return Optional.ofNullable(last.get(processor));
    }

    /** Ends the batch with the failure, which is repeated. */
    ErrorHandler of(String processor) {
        return context -> {
            last.put(processor, new Failure(clock.instant(), LetterPolicy.textOf(context.error())));
            PropagatingErrorHandler.instance().handleError(context);
        };
    }
}
