package dev.kontor.command.platform;

import dev.kontor.api.Refusal;
import dev.kontor.side.platform.FailureClassifier;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.eventsourcing.EventSourcedAggregate;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * Prevents answers that are based on stale state. Where several processes write to one log, a cached aggregate may be
 * behind it. The log refuses an event that was decided on such a state; but an answer without an event (nothing to do,
 * or a refusal) would be given as if no other event had happened. So after a command, the version of each aggregate
 * that came from the cache and got no event is compared with the log. If the log is ahead, the aggregate is removed
 * from the cache, and the command is refused as {@code ConcurrentWrite} and sent again.
 *
 * <p>The cost is one short read per such aggregate. A process that alone writes to its log does not compare, because
 * its cache is always current.
 */
final class StaleAnswerCheck implements MessageHandlerInterceptor<CommandMessage<?>> {

    private static final String SEEN = StaleAnswerCheck.class.getName();

    /** An aggregate from the cache, and its version when it was loaded. */
    private record Seen(EventSourcedAggregate<?> aggregate, Long version, Runnable forget) {

        boolean wroteNothing() {
            return version.equals(aggregate.version());
        }
    }

    private final EventStore log;

    StaleAnswerCheck(EventStore log) {
        this.log = log;
    }

    static void note(UnitOfWork<?> unitOfWork, EventSourcedAggregate<?> aggregate, Runnable forget) {
        seenIn(unitOfWork).add(new Seen(aggregate, aggregate.version(), forget));
    }

    private static List<Seen> seenIn(UnitOfWork<?> unitOfWork) {
        return unitOfWork.root().getOrComputeResource(SEEN, key -> new ArrayList<>());
    }

    @Override
    public Object handle(UnitOfWork<? extends CommandMessage<?>> unitOfWork, InterceptorChain chain) throws Exception {
        Object answer;
        try {
            answer = chain.proceed();
        } catch (RuntimeException failure) {
            if (FailureClassifier.refusalOf(failure).isEmpty()) {
                requireCurrent(unitOfWork);
            }
            throw failure;
        }
        requireCurrent(unitOfWork);
        return answer;
    }

    private void requireCurrent(UnitOfWork<?> unitOfWork) {
        List<Seen> old = seenIn(unitOfWork).stream()
                .filter(Seen::wroteNothing)
                .filter(this::isOld)
                .toList();
        if (!old.isEmpty()) {
            old.forEach(seen -> seen.forget().run());
            throw CommandRefusals.with(new Refusal.ConcurrentWrite());
        }
    }

    private boolean isOld(Seen seen) {
        long inLog = log.lastSequenceNumberFor(seen.aggregate().identifierAsString())
                .orElseThrow(() -> new IllegalStateException("The log has lost an aggregate"));
        return inLog > seen.version();
    }
}
