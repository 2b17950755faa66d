package dev.kontor.standalone.tools;

/**
 * How a tool ended.
 *
 * @param good whether what it was asked for is so; a tool that found damage has worked, and its outcome is not good
 * @param line the last line on the standard output
 */
record Outcome(boolean good, String line) {

    static Outcome good(String line) {
        return new Outcome(true, line);
    }

    static Outcome bad(String line) {
        return new Outcome(false, line);
    }
}
