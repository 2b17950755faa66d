package dev.kontor.side.platform;

import dev.kontor.side.platform.LetterStore.Sequence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.axonframework.messaging.deadletter.DeadLetterQueueOverflowException;
import org.axonframework.messaging.deadletter.EnqueueDecision;
import org.axonframework.messaging.deadletter.NoSuchDeadLetterException;
import org.axonframework.messaging.deadletter.SequencedDeadLetterQueue;
import org.axonframework.modelling.saga.AssociationValue;

/**
 * The dead letters of one processor or saga. A letter is identified by the position of its event in the log, so an event
 * that is put aside again after a crash is not doubled. Its sequence continues from there: an event before the first
 * letter of its sequence, which a crash delivers again, is handled and not put aside.
 */
final class DeadLetterQueue implements SequencedDeadLetterQueue<EventMessage<?>> {

    /** With more sequences the queue refuses the next one, and its processor stops at that event. */
    public static final int MOST_SEQUENCES = 1_024;
    /** The same for the letters of one sequence. */
    public static final int MOST_LETTERS = 1_024;

    private static final int PAGE = 100;

    private final String name;
    private final LetterStore store;
    private final StoredMessages messages;
    private final Set<String> taken = ConcurrentHashMap.newKeySet();

    /** The filter of letters by their sequence, for which no letter has to be read. */
    record OfSequence(String sequence) implements Predicate<DeadLetter<? extends EventMessage<?>>> {

        @Override
        public boolean test(DeadLetter<? extends EventMessage<?>> letter) {
            return letter instanceof QueuedLetter queued
                    && queued.stored().key().sequence().equals(sequence);
        }
    }

    DeadLetterQueue(String name, LetterStore store, StoredMessages messages) {
        this.name = name;
        this.store = store;
        this.messages = messages;
    }

    String name() {
        return name;
    }

    static String textOf(Object sequence) {
        return sequence instanceof AssociationValue association ? association.getValue() : String.valueOf(sequence);
    }

    @Override
    public void enqueue(Object sequenceIdentifier, DeadLetter<? extends EventMessage<?>> letter) {
        String sequence = textOf(sequenceIdentifier);
        Optional<Sequence> present = store.sequence(name, sequence);
        long inLog = StoredMessages.positionOf(letter.message());
        if (inLog >= 0 && present.isPresent() && isPresent(sequence, inLog, present.get())) {
            return;
        }
        if (isFull(present)) {
            throw new DeadLetterQueueOverflowException(
                    "The dead letters of %s are full: %d sequences, or %d letters of the sequence %s"
                            .formatted(name, MOST_SEQUENCES, MOST_LETTERS, sequence));
        }
        long position = inLog >= 0 ? inLog : present.map(Sequence::last).orElse(-1L) + 1;
        store.put(new StoredLetter(
                new StoredLetter.Key(name, sequence, position),
                messages.write(letter.message()),
                QueuedLetter.causeOf(letter),
                letter.enqueuedAt(),
                letter.lastTouched(),
                QueuedLetter.texts(letter.diagnostics())));
    }

    private boolean isPresent(String sequence, long position, Sequence present) {
        return position >= present.first()
                && position <= present.last()
                && store.read(name, sequence, position - 1, 1).stream()
                        .anyMatch(letter -> letter.key().position() == position);
    }

    @Override
    public boolean enqueueIfPresent(
            Object sequenceIdentifier, Supplier<DeadLetter<? extends EventMessage<?>>> supplier) {
        Optional<Sequence> present = store.sequence(name, textOf(sequenceIdentifier));
        if (present.isEmpty()) {
            return false;
        }
        DeadLetter<? extends EventMessage<?>> letter = supplier.get();
        long position = StoredMessages.positionOf(letter.message());
        if (position >= 0 && position < present.get().first()) {
            return false;
        }
        enqueue(sequenceIdentifier, letter);
        return true;
    }

    @Override
    public void evict(DeadLetter<? extends EventMessage<?>> letter) {
        if (letter instanceof QueuedLetter queued) {
            store.remove(queued.stored().key());
        }
    }

    @Override
    public void requeue(
            DeadLetter<? extends EventMessage<?>> letter,
            UnaryOperator<DeadLetter<? extends EventMessage<?>>> letterUpdater) {
        if (!(letter instanceof QueuedLetter queued)
                || !isStored(queued.stored().key())) {
            throw new NoSuchDeadLetterException(
                    "There is no letter of event %s".formatted(letter.message().getIdentifier()));
        }
        store.put(queued.updated(letterUpdater.apply(letter.markTouched())));
    }

    private boolean isStored(StoredLetter.Key key) {
        return store.sequence(name, key.sequence())
                .filter(sequence -> isPresent(key.sequence(), key.position(), sequence))
                .isPresent();
    }

    @Override
    public boolean contains(Object sequenceIdentifier) {
        return store.sequence(name, textOf(sequenceIdentifier)).isPresent();
    }

    @Override
    public Iterable<DeadLetter<? extends EventMessage<?>>> deadLetterSequence(Object sequenceIdentifier) {
        return () -> new Letters(textOf(sequenceIdentifier));
    }

    @Override
    public Iterable<Iterable<DeadLetter<? extends EventMessage<?>>>> deadLetters() {
        List<Iterable<DeadLetter<? extends EventMessage<?>>>> all = new ArrayList<>();
        store.sequences(name).entrySet().stream()
                .sorted(Comparator.comparingLong(entry -> entry.getValue().first()))
                .forEach(entry -> all.add(deadLetterSequence(entry.getKey())));
        return all;
    }

    /** Reads some letters at a time: a sequence may be long. */
    private final class Letters implements Iterator<DeadLetter<? extends EventMessage<?>>> {

        private final String sequence;
        private List<StoredLetter> read = List.of();
        private int next;
        private long after = -1;

        Letters(String sequence) {
            this.sequence = sequence;
        }

        @Override
        public boolean hasNext() {
            if (next == read.size()) {
                read = store.read(name, sequence, after, PAGE);
                next = 0;
            }
            return next < read.size();
        }

        @Override
        public DeadLetter<? extends EventMessage<?>> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            StoredLetter letter = read.get(next++);
            after = letter.key().position();
            return letter(letter);
        }
    }

    private QueuedLetter letter(StoredLetter stored) {
        return new QueuedLetter(stored, messages.read(stored));
    }

    @Override
    public boolean isFull(Object sequenceIdentifier) {
        return isFull(store.sequence(name, textOf(sequenceIdentifier)));
    }

    private boolean isFull(Optional<Sequence> present) {
        return present.map(sequence -> sequence.letters() >= MOST_LETTERS)
                .orElseGet(() -> amountOfSequences() >= MOST_SEQUENCES);
    }

    @Override
    public long size() {
        return store.sequences(name).values().stream()
                .mapToLong(Sequence::letters)
                .sum();
    }

    @Override
    public long sequenceSize(Object sequenceIdentifier) {
        return store.sequence(name, textOf(sequenceIdentifier))
                .map(Sequence::letters)
                .orElse(0);
    }

    @Override
    public long amountOfSequences() {
        return store.sequences(name).size();
    }

    LetterFill fill() {
        Map<String, Sequence> sequences = store.sequences(name);
        return new LetterFill(
                sequences.size(),
                sequences.values().stream().mapToInt(Sequence::letters).max().orElse(0),
                sequences.values().stream().mapToLong(Sequence::letters).sum());
    }

    /** The first letter of each sequence, which is retried first. */
    Stream<StoredLetter> firstLetters() {
        return store.sequences(name).keySet().stream().flatMap(sequence -> store.read(name, sequence, -1, 1).stream());
    }

    @Override
    public boolean process(
            Predicate<DeadLetter<? extends EventMessage<?>>> sequenceFilter,
            Function<DeadLetter<? extends EventMessage<?>>, EnqueueDecision<EventMessage<?>>> processingTask) {
        for (String sequence : candidates(sequenceFilter)) {
            if (taken.add(sequence)) {
                try {
                    return processSequence(sequence, processingTask);
                } finally {
                    taken.remove(sequence);
                }
            }
        }
        return false;
    }

    /** The sequence whose first letter waits longest comes first. */
    private List<String> candidates(Predicate<DeadLetter<? extends EventMessage<?>>> filter) {
        if (filter instanceof OfSequence(String sequence)) {
            return contains(sequence) ? List.of(sequence) : List.of();
        }
        return store.sequences(name).keySet().stream()
                .filter(sequence -> !taken.contains(sequence))
                .flatMap(sequence -> first(sequence).stream())
                .filter(filter)
                .sorted(Comparator.comparing(QueuedLetter::lastTouched))
                .map(letter -> letter.stored().key().sequence())
                .toList();
    }

    private Optional<QueuedLetter> first(String sequence) {
        return store.read(name, sequence, -1, 1).stream().findFirst().map(this::letter);
    }

    private boolean processSequence(
            String sequence,
            Function<DeadLetter<? extends EventMessage<?>>, EnqueueDecision<EventMessage<?>>> processingTask) {
        Optional<QueuedLetter> letter = first(sequence);
        if (letter.isEmpty()) {
            return false;
        }
        while (letter.isPresent()) {
            EnqueueDecision<EventMessage<?>> decision = processingTask.apply(letter.get());
            if (decision.shouldEnqueue()) {
                Throwable cause = decision.enqueueCause().orElse(null);
                requeue(
                        letter.get(),
                        touched -> decision.withDiagnostics(touched).withCause(cause));
                return false;
            }
            evict(letter.get());
            letter = first(sequence);
        }
        return true;
    }

    @Override
    public void clear() {
        store.clear(name);
    }
}
