package dev.kontor.standalone.tools.console;

/** The arguments of a tool are wrong. */
public final class UsageException extends RuntimeException {

    public UsageException(String sentence) {
        super(sentence);
    }
}
