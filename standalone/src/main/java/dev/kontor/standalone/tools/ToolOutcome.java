package dev.kontor.standalone.tools;

/**
 * The outcome of a tool.
 *
 * @param exitCode of {@link Tools}. A tool that found damage has worked, and its outcome is not good
 * @param line the last line on the standard output
 */
record ToolOutcome(int exitCode, String line) {

    static ToolOutcome good(String line) {
        return new ToolOutcome(Tools.GOOD, line);
    }

    static ToolOutcome bad(String line) {
        return new ToolOutcome(Tools.FAILED, line);
    }

    /** The checks found nothing wrong, but did not cover everything. */
    static ToolOutcome partial(String line) {
        return new ToolOutcome(Tools.PARTIAL, line);
    }
}
