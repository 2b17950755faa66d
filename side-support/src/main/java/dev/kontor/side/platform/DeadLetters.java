package dev.kontor.side.platform;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.axonframework.config.Configuration;
import org.axonframework.config.EventProcessingConfigurer;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.deadletter.SequencedDeadLetterProcessor;
import org.axonframework.messaging.deadletter.SequencedDeadLetterQueue;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;

/**
 * The dead letters of one side: a queue for each of its event processors and sagas. Letters are handled again on a
 * thread of their processor, between two of its batches: where the processor has one thread, never at the same time as a
 * batch.
 */
public final class DeadLetters {

    private final LetterStore store;
    private final StoredMessages messages;
    private final LetterPolicy policy;
    private final Map<String, DeadLetterQueue> queues = new ConcurrentSkipListMap<>();
    private final Map<String, Retrying> retrying = new ConcurrentSkipListMap<>();

    /** @param lock held while letters of the queue are handled again */
    private record Retrying(
            Executor workers,
            BooleanSupplier isRunning,
            SequencedDeadLetterProcessor<EventMessage<?>> processor,
            ReentrantLock lock) {}

    public DeadLetters(
            LetterStore store, Serializer serializer, EventUpcaster upcasters, List<FailureTranslation> translations) {
        this.store = store;
        this.messages = new StoredMessages(serializer, upcasters);
        this.policy = new LetterPolicy(translations);
    }

    public LetterPolicy policy() {
        return policy;
    }

    /** Gives the handlers of a processor their queue. */
    void register(String processor, EventProcessingConfigurer processing) {
        SequencedDeadLetterQueue<EventMessage<?>> queue = queue(processor);
        processing
                .registerDeadLetterQueue(processor, configuration -> queue)
                .registerDeadLetterPolicy(processor, configuration -> policy)
                .registerDeadLetteringEventHandlerInvokerConfiguration(
                        processor, (configuration, invoker) -> invoker.allowReset(true));
    }

    /** The processor runs on these threads. */
    void runs(String processor, Configuration configuration, Executor workers) {
        retrying.put(
                processor,
                new Retrying(
                        workers,
                        () -> isRunning(processor, configuration),
                        filter -> configuration
                                .eventProcessingConfiguration()
                                .sequencedDeadLetterProcessor(processor)
                                .orElseThrow()
                                .process(filter),
                        new ReentrantLock()));
    }

    private static boolean isRunning(String processor, Configuration configuration) {
        return configuration
                        .eventProcessingConfiguration()
                        .eventProcessor(processor)
                        .filter(org.axonframework.eventhandling.EventProcessor::isRunning)
                        .isPresent()
                && !configuration
                        .getComponent(ProcessorPauses.class, ProcessorPauses::none)
                        .isPaused(processor);
    }

    /** A saga runs on the threads of this processor. */
    public void runs(String saga, String processor, SequencedDeadLetterProcessor<EventMessage<?>> retried) {
        retrying.put(
                saga,
                new Retrying(
                        task -> retrying.get(processor).workers().execute(task),
                        () -> retrying.get(processor).isRunning().getAsBoolean(),
                        retried,
                        new ReentrantLock()));
    }

    /** The queue of a processor or saga. */
    public SequencedDeadLetterQueue<EventMessage<?>> queue(String name) {
        return queues.computeIfAbsent(name, missing -> new DeadLetterQueue(missing, store, messages));
    }

    /** The names of all queues. */
    public List<String> names() {
        return List.copyOf(queues.keySet());
    }

    /** How full each queue is, by its name. */
    public Map<String, LetterFill> fills() {
        Map<String, LetterFill> fills = new TreeMap<>();
        queues.forEach((name, queue) -> fills.put(name, queue.fill()));
        return fills;
    }

    public LetterFill fill(String queue) {
        return queues.get(queue).fill();
    }

    /** The first letter of each sequence of a queue, in no order. */
    Stream<StoredLetter> firstLetters(String queue) {
        return queues.get(queue).firstLetters();
    }

    /**
     * Removes a letter for good.
     *
     * @return whether it was the first of its sequence
     */
    boolean evictFirst(StoredLetter.Key key) {
        boolean isFirst = store.sequence(key.queue(), key.sequence())
                .filter(sequence -> sequence.first() == key.position())
                .isPresent();
        if (isFirst) {
            store.remove(key);
        }
        return isFirst;
    }

    /** Runs this while no letter of the queue is handled again. It is short. */
    public void whileNoneIsRetried(String queue, Runnable work) {
        ReentrantLock lock = retrying.get(queue).lock();
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Handles the letters of a sequence again, in their order, until one fails. Does nothing while the processor is
     * stopped or paused.
     *
     * @return whether none is left
     * @throws RuntimeException if a store or another process fails; the letters stay
     */
    public boolean retry(String queue, String sequence) {
        Retrying retried = retrying.get(queue);
        FutureTask<Boolean> task = new FutureTask<>(() -> process(retried, new DeadLetterQueue.OfSequence(sequence)));
        retried.workers().execute(task);
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a dead letter was retried", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException("A dead letter could not be retried", e.getCause());
        }
    }

    private static boolean process(Retrying retried, DeadLetterQueue.OfSequence filter) {
        retried.lock().lock();
        try {
            return retried.isRunning().getAsBoolean() && retried.processor().process(filter);
        } finally {
            retried.lock().unlock();
        }
    }
}
