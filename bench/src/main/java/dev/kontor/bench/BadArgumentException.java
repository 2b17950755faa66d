package dev.kontor.bench;

/** An argument cannot be used; the message says which one and why. */
public final class BadArgumentException extends RuntimeException {

    public BadArgumentException(String sentence) {
        super(sentence);
    }
}
