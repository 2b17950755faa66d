package dev.kontor.standalone.tools;

/** The tool was called in a way it does not know. */
final class UsageException extends RuntimeException {

    UsageException(String sentence) {
        super(sentence);
    }
}
