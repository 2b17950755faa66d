package dev.kontor.command.platform;

import dev.kontor.side.platform.DeadLetters;
import dev.kontor.side.platform.HandledTypes;
import java.util.Arrays;
import java.util.function.Consumer;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.async.SequencingPolicy;
import org.axonframework.messaging.ResultMessage;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.axonframework.messaging.deadletter.Decisions;
import org.axonframework.messaging.deadletter.EnqueueDecision;
import org.axonframework.messaging.deadletter.GenericDeadLetter;
import org.axonframework.messaging.deadletter.SequencedDeadLetterQueue;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.saga.AnnotatedSagaManager;
import org.axonframework.modelling.saga.SagaEventHandler;

/**
 * Gives a saga dead letters, which Axon's queues do not: an event that the saga cannot take is put aside with all later
 * events of its sequence, in the unit of work that stores the token. Other sagas go on.
 */
public final class LetteredSagas<T> extends AnnotatedSagaManager<T> implements HandledTypes {

    private final SequencedDeadLetterQueue<EventMessage<?>> queue;
    private final DeadLetters letters;
    private final SequencingPolicy<EventMessage<?>> sequences;
    private final Consumer<EventMessage<?>> onPutAside;

    /**
     * @param name of the queue
     * @param processor that delivers the events
     * @param sequences the identifier of an event equals the first association of its saga, so that both are of one
     *     segment
     * @param onPutAside receives each event that fails, in the same unit of work
     */
    public LetteredSagas(
            AnnotatedSagaManager.Builder<T> builder,
            String name,
            String processor,
            DeadLetters letters,
            SequencingPolicy<EventMessage<?>> sequences,
            Consumer<EventMessage<?>> onPutAside) {
        super(builder);
        this.queue = letters.queue(name);
        this.letters = letters;
        this.sequences = sequences;
        this.onPutAside = onPutAside;
        letters.runs(name, processor, filter -> {
            UnitOfWork<?> work = new DefaultUnitOfWork<>(null);
            return work.executeWithResult(() -> queue.process(filter, this::retry))
                    .getPayload();
        });
    }

    @Override
    public boolean handles(Class<?> event) {
        return Arrays.stream(getSagaType().getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(SagaEventHandler.class))
                .anyMatch(method -> method.getParameterTypes()[0].isAssignableFrom(event));
    }

    @Override
    public void handle(EventMessage<?> event, Segment segment) throws Exception {
        Object sequence = sequences.getSequenceIdentifierFor(event);
        if (sequence == null || !segment.matches(sequence)) {
            super.handle(event, segment);
            return;
        }
        if (queue.enqueueIfPresent(sequence, () -> new GenericDeadLetter<>(sequence, event))) {
            return;
        }
        try {
            super.handle(event, segment);
        } catch (Exception failure) {
            DeadLetter<EventMessage<?>> letter = new GenericDeadLetter<>(sequence, event, failure);
            EnqueueDecision<EventMessage<?>> decision = letters.policy().decide(letter, failure);
            queue.enqueue(
                    sequence,
                    decision.withDiagnostics(
                            letter.withCause(decision.enqueueCause().orElse(null))));
            onPutAside.accept(event);
        }
    }

    /** In a unit of work of its own, so that a failure takes back what the saga has sent. */
    private EnqueueDecision<EventMessage<?>> retry(DeadLetter<? extends EventMessage<?>> letter) {
        EventMessage<?> event = letter.message();
        UnitOfWork<?> work = DefaultUnitOfWork.startAndGet(event);
        ResultMessage<?> result = work.executeWithResult(() -> {
            super.handle(event, Segment.ROOT_SEGMENT);
            return null;
        });
        return result.isExceptional() ? letters.policy().decide(letter, result.exceptionResult()) : Decisions.evict();
    }
}
