package dev.kontor.command.order;

import dev.kontor.command.platform.ProcessingLag;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.grpc.platform.StartException;
import dev.kontor.side.platform.FailureClassifier;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * How long placed orders wait for the saga at the moment, to the second. Clients that do not wait for the outcome can
 * place orders faster than they are decided; beyond a bound further ones are refused, because they would expire.
 */
@Component
public class DecisionDelay {

    /** Looks at the log that are remembered; the delay is known for as long as the oldest is. */
    static final int MOST_LOOKS = 120;

    private static final Logger log = LoggerFactory.getLogger(DecisionDelay.class);

    /** The end of the log at a time. */
    private record Look(TrackingToken end, Instant at) {}

    private final ProcessingLag processing;
    private final EventStore eventStore;
    private final Clock clock;
    private final Duration longest;
    /** Those whose end the saga's processor has not read, oldest first. */
    private final Deque<Look> unread = new ArrayDeque<>();

    private volatile Instant since = Instant.MAX;
    private boolean isLong;

    DecisionDelay(
            ProcessingLag processing,
            EventStore eventStore,
            Clock clock,
            @Value("${kontor.orders.longest-delay:30s}") Duration longest) {
        if (!longest.isPositive()) {
            throw new StartException("kontor.orders.longest-delay must be longer than 0");
        }
        this.processing = processing;
        this.eventStore = eventStore;
        this.clock = clock;
        this.longest = longest;
    }

    @Scheduled(fixedDelay = 1_000)
    void look() {
        try {
            lookAtLog();
        } catch (RuntimeException e) {
            // A store is away, so the delay grows. The sweeper, which looks as often, reports it.
            if (!FailureClassifier.isTransient(e)) {
                throw e;
            }
        }
        since = unread.isEmpty() ? Instant.MAX : unread.getFirst().at();
        boolean wasLong = isLong;
        isLong = isTooLong();
        if (isLong != wasLong) {
            log.warn(
                    isLong
                            ? "orders wait for their decision for more than {}: new ones are refused"
                            : "orders wait for their decision for less than {} again",
                    longest);
        }
    }

    private void lookAtLog() {
        if (unread.size() < MOST_LOOKS) {
            unread.addLast(new Look(eventStore.createHeadToken(), clock.instant()));
        }
        while (!unread.isEmpty() && processing.hasRead(unread.getFirst().end())) {
            unread.removeFirst();
        }
    }

    private boolean isTooLong() {
        return since.isBefore(clock.instant().minus(longest));
    }

    /** @throws RefusedException with {@link Problem#OVERLOADED} if the delay is longer than the bound */
    public void requireShort() {
        if (isTooLong()) {
            throw new RefusedException(
                    Problem.OVERLOADED, "Too many orders wait for their decision: try again in a moment");
        }
    }
}
