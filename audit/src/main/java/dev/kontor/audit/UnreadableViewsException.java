package dev.kontor.audit;

/** Existing views cannot be read; the message is a sentence. */
public final class UnreadableViewsException extends RuntimeException {

    public UnreadableViewsException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
