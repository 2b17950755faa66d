package dev.kontor.standalone.tools;

/** Why a tool failed, in a sentence for its user. */
final class ToolException extends RuntimeException {

    ToolException(String sentence) {
        super(sentence);
    }

    ToolException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
