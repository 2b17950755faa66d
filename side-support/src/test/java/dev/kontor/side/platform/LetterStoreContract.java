package dev.kontor.side.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.api.storage.StoredJson;
import dev.kontor.api.storage.StoredTypes;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.messaging.deadletter.Cause;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.axonframework.messaging.deadletter.Decisions;
import org.axonframework.messaging.deadletter.EnqueueDecision;
import org.axonframework.messaging.deadletter.GenericDeadLetter;
import org.axonframework.messaging.deadletter.SequencedDeadLetterQueue;
import org.axonframework.messaging.deadletter.SequencedDeadLetterQueueTest;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.junit.jupiter.api.Test;

/** Every store of dead letters passes Axon's own tests of a queue, and these. */
public abstract class LetterStoreContract extends SequencedDeadLetterQueueTest<EventMessage<?>> {

    protected static final String QUEUE = "orders";

    private LetterStore store;
    private SequencedDeadLetterQueue<EventMessage<?>> queue;

    /** An empty store. */
    protected abstract LetterStore open();

    /** The same store, as a process finds it that starts now. */
    protected abstract LetterStore reopen();

    private static SequencedDeadLetterQueue<EventMessage<?>> queue(LetterStore store, String name) {
        return new DeadLetters(
                        store, StoredJson.of(StoredTypes.events()), representations -> representations, List.of())
                .queue(name);
    }

    @Override
    protected SequencedDeadLetterQueue<EventMessage<?>> buildTestSubject() {
        store = open();
        queue = queue(store, QUEUE);
        return queue;
    }

    @Override
    protected long maxSequences() {
        return DeadLetterQueue.MOST_SEQUENCES;
    }

    @Override
    protected long maxSequenceSize() {
        return DeadLetterQueue.MOST_LETTERS;
    }

    @Override
    protected DeadLetter<EventMessage<?>> generateInitialLetter() {
        return new GenericDeadLetter<>("sequence", generateEvent(), generateThrowable());
    }

    @Override
    protected DeadLetter<EventMessage<?>> generateFollowUpLetter() {
        return new GenericDeadLetter<>("sequence", generateEvent());
    }

    @Override
    protected void setClock(Clock clock) {
        GenericDeadLetter.clock = clock;
    }

    /** Messages have no equality. */
    @Override
    protected void assertLetter(
            DeadLetter<? extends EventMessage<?>> expected, DeadLetter<? extends EventMessage<?>> actual) {
        assertThat(actual.message().getIdentifier())
                .isEqualTo(expected.message().getIdentifier());
        assertThat(actual.message().getPayload()).isEqualTo(expected.message().getPayload());
        assertThat(actual.message().getMetaData()).isEqualTo(expected.message().getMetaData());
        assertThat(actual.cause().map(Cause::type)).isEqualTo(expected.cause().map(Cause::type));
        assertThat(actual.cause().map(Cause::message))
                .isEqualTo(expected.cause().map(Cause::message));
        assertThat(actual.enqueuedAt()).isEqualTo(expected.enqueuedAt());
        assertThat(actual.lastTouched()).isEqualTo(expected.lastTouched());
        assertThat(actual.diagnostics()).isEqualTo(expected.diagnostics());
    }

    protected static DeadLetter<EventMessage<?>> at(long position, String payload) {
        return new GenericDeadLetter<>(
                "a",
                new GenericTrackedDomainEventMessage<>(
                        new GlobalSequenceTrackingToken(position),
                        new GenericDomainEventMessage<>("Order", "a", position, payload)),
                new IllegalStateException("broken"));
    }

    private static List<Object> payloads(SequencedDeadLetterQueue<EventMessage<?>> queue, String sequence) {
        return StreamSupport.stream(queue.deadLetterSequence(sequence).spliterator(), false)
                .<Object>map(letter -> letter.message().getPayload())
                .toList();
    }

    @Test
    void letters_are_there_after_a_restart_in_the_order_of_the_log() {
        queue.enqueue("a", at(7, "second"));
        queue.enqueue("a", at(3, "first"));
        queue.enqueue("b", at(12, "of another sequence"));

        SequencedDeadLetterQueue<EventMessage<?>> reopened = queue(reopen(), QUEUE);

        assertThat(payloads(reopened, "a")).containsExactly("first", "second");
        assertThat(payloads(reopened, "b")).containsExactly("of another sequence");
        assertThat(reopened.size()).isEqualTo(3);
    }

    @Test
    void an_event_that_is_delivered_again_has_one_letter() {
        queue.enqueue("a", at(3, "first"));

        queue.enqueue("a", at(3, "first"));
        assertThat(queue.enqueueIfPresent("a", () -> at(3, "first"))).isTrue();

        assertThat(payloads(queue, "a")).containsExactly("first");
        assertThat(queue.deadLetterSequence("a").iterator().next().cause()).isPresent();
    }

    @Test
    void an_event_before_the_first_letter_is_handled_when_it_is_delivered_again() {
        queue.enqueue("a", at(3, "first"));

        assertThat(queue.enqueueIfPresent("a", () -> at(2, "before"))).isFalse();
        assertThat(queue.enqueueIfPresent("a", () -> at(4, "after"))).isTrue();

        assertThat(payloads(queue, "a")).containsExactly("first", "after");
    }

    @Test
    void queues_do_not_see_each_others_letters() {
        SequencedDeadLetterQueue<EventMessage<?>> other = queue(store, "carts");
        queue.enqueue("a", at(3, "first"));
        other.enqueue("a", at(4, "of another queue"));

        queue.clear();

        assertThat(queue.contains("a")).isFalse();
        assertThat(payloads(other, "a")).containsExactly("of another queue");
    }

    @Test
    void a_letter_keeps_aggregate_and_position_of_its_event() {
        queue.enqueue("a", at(3, "first"));

        EventMessage<?> message =
                queue.deadLetterSequence("a").iterator().next().message();

        assertThat(message).isInstanceOfSatisfying(GenericTrackedDomainEventMessage.class, event -> {
            assertThat(event.getAggregateIdentifier()).isEqualTo("a");
            assertThat(event.getSequenceNumber()).isEqualTo(3);
            assertThat(event.trackingToken().position()).hasValue(3);
        });
    }

    @Test
    void a_batch_sees_its_own_letters() {
        BatchingUnitOfWork<EventMessage<?>> batch = new BatchingUnitOfWork<>(
                at(3, "first").message(), at(4, "second").message());
        batch.executeWithResult(() -> {
            int position = batch.getMessage().getPayload().equals("first") ? 3 : 4;
            boolean present = queue.enqueueIfPresent("a", () -> at(position, "second"));
            assertThat(present).isEqualTo(position == 4);
            if (!present) {
                queue.enqueue("a", at(position, "first"));
            }
            return null;
        });
        if (batch.getExecutionResult().isExceptionResult()) {
            throw new AssertionError(batch.getExecutionResult().getExceptionResult());
        }
    }

    @Test
    void a_sequence_is_handled_again_until_a_letter_fails() {
        queue.enqueue("a", at(3, "first"));
        queue.enqueue("a", at(4, "second"));
        queue.enqueue("a", at(5, "third"));
        queue.enqueue("b", at(6, "of another sequence"));

        boolean isDone = queue.process(
                new DeadLetterQueue.OfSequence("a"),
                letter -> letter.message().getPayload().equals("second") ? failing() : Decisions.evict());

        assertThat(isDone).isFalse();
        assertThat(payloads(queue, "a")).containsExactly("second", "third");
        assertThat(Optional.of(queue.deadLetterSequence("a").iterator().next())
                        .flatMap(DeadLetter::cause)
                        .map(Cause::message))
                .hasValue("again");
        assertThat(payloads(queue, "b")).containsExactly("of another sequence");
    }

    private static EnqueueDecision<EventMessage<?>> failing() {
        return Decisions.requeue(new IllegalStateException("again"));
    }
}
