package dev.kontor.standalone.tools.console;

import java.io.PrintStream;

/**
 * The output of a tool.
 *
 * @param out the result; its last line sums it up
 * @param err the progress
 */
public record ToolConsole(PrintStream out, PrintStream err) {

    /** @param total the amount of work; 0 where it is unknown */
    public ProgressOutput progress(String doing, String unit, long total) {
        return new ProgressOutput(err, doing, unit, total, System::nanoTime);
    }
}
