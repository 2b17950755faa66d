package dev.kontor.standalone.tools;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/** One of the launcher's commands. */
interface Tool {

    /** What it is called by. */
    String name();

    /** What it does and what can be said to it: the whole page that {@code --help} shows. */
    String help();

    /** What it must be told, in order. */
    default List<String> operands() {
        return List.of();
    }

    /** Options that take a value, beside {@code --data}. */
    default Set<String> options() {
        return Set.of();
    }

    /** Options that are there or not, beside {@code --help}. */
    default Set<String> flags() {
        return Set.of();
    }

    /**
     * Does it.
     *
     * @return how it ended
     * @throws ToolException where it cannot be done, said in a sentence
     */
    ToolOutcome run(Arguments arguments, ToolConsole console) throws IOException;
}
