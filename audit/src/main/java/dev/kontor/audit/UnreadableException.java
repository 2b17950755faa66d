package dev.kontor.audit;

/** A payload does not have its type's shape. The message is a clause such as "has no text 'title'". */
public final class UnreadableException extends RuntimeException {

    UnreadableException(String message) {
        super(message, null, false, false);
    }
}
