package dev.kontor.standalone.tools;

/** Why a tool could not do what it was asked for, in a sentence for whoever asked. */
final class ToolException extends RuntimeException {

    ToolException(String sentence) {
        super(sentence);
    }

    ToolException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
