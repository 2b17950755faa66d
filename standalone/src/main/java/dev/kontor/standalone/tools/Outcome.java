package dev.kontor.standalone.tools;

/**
 * How a tool ended.
 *
 * @param exitCode of {@link Tools}. A tool that found damage has worked, and its outcome is not good
 * @param line the last line on the standard output
 */
record Outcome(int exitCode, String line) {

    static Outcome good(String line) {
        return new Outcome(Tools.GOOD, line);
    }

    static Outcome bad(String line) {
        return new Outcome(Tools.FAILED, line);
    }

    /** Nothing is wrong in what was looked at, and not everything was. */
    static Outcome partial(String line) {
        return new Outcome(Tools.PARTIAL, line);
    }
}
