package dev.kontor.standalone.tools;

/** The arguments of a tool are wrong. */
final class UsageException extends RuntimeException {

    UsageException(String sentence) {
        super(sentence);
    }
}
