package dev.kontor.audit;

/** Views that are there and cannot be read, said in a sentence. */
public final class UnreadableViewsException extends RuntimeException {

    public UnreadableViewsException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
