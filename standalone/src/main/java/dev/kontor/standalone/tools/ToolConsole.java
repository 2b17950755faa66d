package dev.kontor.standalone.tools;

import java.io.PrintStream;

/**
 * Where a tool speaks.
 *
 * @param out what was asked for; its last line is the result
 * @param err how far it is
 */
record ToolConsole(PrintStream out, PrintStream err) {

    /** @param total of what there is to do; 0 where nobody knows */
    ProgressOutput progress(String doing, String unit, long total) {
        return new ProgressOutput(err, doing, unit, total, System::nanoTime);
    }
}
