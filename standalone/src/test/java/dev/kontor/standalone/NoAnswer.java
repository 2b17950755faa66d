package dev.kontor.standalone;

/** A request got no answer: its effect is unknown. */
public final class NoAnswer extends RuntimeException {

    NoAnswer(String request, Throwable cause) {
        super("no answer to " + request, cause);
    }
}
