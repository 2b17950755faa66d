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
 * Sees to it that no command is answered by an old state. Where several processes write to one log, an aggregate that this
 * process keeps in memory may be behind it. An event that is decided on such a state is not taken by the log. An answer
 * without an event would be given as if nothing had happened since: that there is nothing to do, or that it is refused. So
 * after a command, the version of each aggregate that came from memory and to which nothing was appended is compared with
 * the log. Where the log is further the aggregate is forgotten, and the command was overtaken: it is sent again.
 *
 * <p>This costs one short read for each such aggregate. In a process that alone writes to its log nothing is compared:
 * there what is in memory is what is in the log.
 */
final class StaleAnswerCheck implements MessageHandlerInterceptor<CommandMessage<?>> {

    private static final String SEEN = StaleAnswerCheck.class.getName();

    /** An aggregate that came from memory, and the version that it had then. */
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
            throw CommandRefusals.with(new Refusal.Overtaken());
        }
    }

    private boolean isOld(Seen seen) {
        long inLog = log.lastSequenceNumberFor(seen.aggregate().identifierAsString())
                .orElseThrow(() -> new IllegalStateException("The log has lost an aggregate"));
        return inLog > seen.version();
    }
}
