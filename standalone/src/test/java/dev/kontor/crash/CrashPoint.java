package dev.kontor.crash;

/** Points at which a process can be ended: those that an order passes, in their order, and those of dead letters. */
public enum CrashPoint {
    /** The events have their positions; nothing of the batch is on the disk. */
    BEFORE_APPEND,
    /** All of it is on the disk; no writer has been notified. */
    AFTER_SYNC,
    /** The command side has decided and written; the gateway has no answer yet. */
    BEFORE_ANSWER,
    /** The client has its answer. */
    AFTER_ANSWER,
    /** The saga or a policy has decided on a command; it is not sent. */
    BEFORE_SAGA_COMMAND,
    /** The command is handled; neither its events nor the token of its cause is written. */
    AFTER_SAGA_COMMAND,
    /** The saga's batch has its token and not the saga yet. */
    BETWEEN_SAGA_AND_TOKEN,
    /** The batch has both; it is not written. */
    AFTER_SAGA,
    /** An account is erased in the log; the key of its personal data is still there. */
    BEFORE_KEY_IS_DESTROYED,
    /** The views have handled the events; no document shows it. */
    BEFORE_DOCUMENTS,
    /** The documents and the view's token are written. */
    AFTER_VIEW_TOKEN,
    /** A batch has a dead letter and not its token yet; nothing of it is written. */
    LETTER_IN_BATCH,
    /** A batch has its dead letter and its token; neither is written. */
    BEFORE_LETTER_IS_WRITTEN,
    /** Both are written. */
    AFTER_LETTER_IS_WRITTEN,
    /** The event of a letter is handled again, by a view with its document written; the letter is still there. */
    BEFORE_LETTER_IS_REMOVED,
    /** The letter is removed. */
    AFTER_LETTER_IS_REMOVED;

    public boolean isOfLetters() {
        return compareTo(LETTER_IN_BATCH) >= 0;
    }
}
