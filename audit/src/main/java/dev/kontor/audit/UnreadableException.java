package dev.kontor.audit;

/** A payload is not what an event of its type must hold. Says so in a clause: "has no text 'title'". */
public final class UnreadableException extends RuntimeException {

    UnreadableException(String message) {
        super(message, null, false, false);
    }
}
