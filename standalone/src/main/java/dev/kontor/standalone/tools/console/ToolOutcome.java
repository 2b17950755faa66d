package dev.kontor.standalone.tools.console;

/**
 * The outcome of a tool.
 *
 * @param exitCode one of the constants. A tool that found damage has worked, and its outcome is not good
 * @param line the last line on the standard output
 */
public record ToolOutcome(int exitCode, String line) {

    public static final int GOOD = 0;
    /** The outcome is bad, or the tool failed. */
    public static final int FAILED = 1;

    public static final int MISUSED = 2;
    /** An incomplete check found nothing wrong. */
    public static final int PARTIAL = 3;

    public static ToolOutcome good(String line) {
        return new ToolOutcome(GOOD, line);
    }

    public static ToolOutcome bad(String line) {
        return new ToolOutcome(FAILED, line);
    }

    /** The checks found nothing wrong, but did not cover everything. */
    public static ToolOutcome partial(String line) {
        return new ToolOutcome(PARTIAL, line);
    }
}
