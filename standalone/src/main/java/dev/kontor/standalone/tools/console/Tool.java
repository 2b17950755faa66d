package dev.kontor.standalone.tools.console;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/** One of the launcher's commands. */
public interface Tool {

    /** What it is called by. */
    String name();

    /** The whole page that {@code --help} shows. */
    String help();

    /** The names of its required arguments, in order. */
    default List<String> operands() {
        return List.of();
    }

    /** Options that take a value, beside {@code --data}. */
    default Set<String> options() {
        return Set.of();
    }

    /** Options without a value, beside {@code --help}. */
    default Set<String> flags() {
        return Set.of();
    }

    /**
     * Runs the tool.
     *
     * @return its outcome
     * @throws ToolException where it fails, with a message of one sentence
     */
    ToolOutcome run(Arguments arguments, ToolConsole console) throws IOException;
}
