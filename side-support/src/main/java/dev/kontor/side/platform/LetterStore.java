package dev.kontor.side.platform;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Stores dead letters. A write inside a unit of work is durable no later than the processor's token: with it if both are
 * in one store, else before it. The unit of work sees its own writes. Safe for many threads.
 */
public interface LetterStore {

    /**
     * The letters of one sequence.
     *
     * @param letters at least 1
     * @param first the position of the first
     * @param last the position of the last
     */
    record Sequence(int letters, long first, long last) {}

    Optional<Sequence> sequence(String queue, String sequence);

    /** All sequences of a queue by their names, in no order. */
    Map<String, Sequence> sequences(String queue);

    /**
     * The letters of a sequence in the order of their positions.
     *
     * @param after only letters with a greater position; -1 for all
     * @param most so many at most
     */
    List<StoredLetter> read(String queue, String sequence, long after, int most);

    /** Replaces the letter with the same key. */
    void put(StoredLetter letter);

    /** Does nothing if there is no such letter. */
    void remove(StoredLetter.Key key);

    /** Removes all letters of a queue. */
    void clear(String queue);
}
