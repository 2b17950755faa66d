package dev.kontor.standalone.tools;

import dev.kontor.standalone.tools.console.Tool;
import dev.kontor.standalone.tools.console.ToolConsole;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The output of a tool, and its exit code. */
public record ToolOutput(int exitCode, String out, String err) {

    public static ToolOutput by(Tool tool, Object... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = Tools.run(
                tool,
                List.of(arguments).stream().map(String::valueOf).toList(),
                new ToolConsole(print(out), print(err)));
        return new ToolOutput(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream print(ByteArrayOutputStream into) {
        return new PrintStream(into, true, StandardCharsets.UTF_8);
    }

    public String lastLine() {
        return out.lines().toList().getLast();
    }
}
