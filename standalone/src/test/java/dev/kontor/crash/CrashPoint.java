package dev.kontor.crash;

/** Where a process can be made to end, in the order in which an order passes them. */
public enum CrashPoint {
    /** What is to be written has its positions; nothing of it is on the disk. */
    BEFORE_APPEND,
    /** All of it is on the disk; nobody has been told. */
    AFTER_SYNC,
    /** The command side has decided and written; the gateway has no answer yet. */
    BEFORE_ANSWER,
    /** The client has its answer. */
    AFTER_ANSWER,
    /** The saga or a policy wants something; the command is not sent. */
    BEFORE_SAGA_COMMAND,
    /** The command is handled; neither its events nor what led to it are written. */
    AFTER_SAGA_COMMAND,
    /** The batch that the saga is part of has its token and not the saga yet. */
    BETWEEN_SAGA_AND_TOKEN,
    /** The batch has both; it is not written. */
    AFTER_SAGA,
    /** An account is erased in the log; the key of its personal data is still there. */
    BEFORE_KEY_IS_DESTROYED,
    /** The views have handled the events; no document shows it. */
    BEFORE_DOCUMENTS,
    /** The documents are written, and with them the token of the view. */
    AFTER_VIEW_TOKEN
}
