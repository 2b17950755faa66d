package dev.kontor.standalone.tools.console;

/** Why a tool failed, in a sentence for its user. */
public final class ToolException extends RuntimeException {

    public ToolException(String sentence) {
        super(sentence);
    }

    public ToolException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
