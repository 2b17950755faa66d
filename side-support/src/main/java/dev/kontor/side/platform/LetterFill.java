package dev.kontor.side.platform;

/**
 * How full a queue of dead letters is.
 *
 * @param sequences at most {@value DeadLetterQueue#MOST_SEQUENCES}
 * @param longest the number of letters of the longest sequence, at most {@value DeadLetterQueue#MOST_LETTERS}
 * @param letters of all sequences together
 */
public record LetterFill(int sequences, int longest, long letters) {

    /** The part of the nearer bound that is used, from 0 to 1. A full queue stops its processor at the next failure. */
    public double ratio() {
        return Math.max(
                (double) sequences / DeadLetterQueue.MOST_SEQUENCES, (double) longest / DeadLetterQueue.MOST_LETTERS);
    }

    /** Whether half of a bound is reached. */
    public boolean isAlarming() {
        return ratio() >= 0.5;
    }
}
