package dev.kontor.standalone;

/** A request was sent and nothing came back: what became of it is not known. */
public final class NoAnswer extends RuntimeException {

    NoAnswer(String request, Throwable cause) {
        super("no answer to " + request, cause);
    }
}
