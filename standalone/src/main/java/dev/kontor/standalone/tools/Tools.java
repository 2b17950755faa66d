package dev.kontor.standalone.tools;

import com.mongodb.MongoException;
import dev.kontor.grpc.platform.FileFailures;
import dev.kontor.standalone.tools.backup.BackupTool;
import dev.kontor.standalone.tools.backup.RestoreTool;
import dev.kontor.standalone.tools.console.Arguments;
import dev.kontor.standalone.tools.console.Tool;
import dev.kontor.standalone.tools.console.ToolConsole;
import dev.kontor.standalone.tools.console.ToolException;
import dev.kontor.standalone.tools.console.ToolOutcome;
import dev.kontor.standalone.tools.console.UsageException;
import dev.kontor.standalone.tools.transfer.ExportTool;
import dev.kontor.standalone.tools.transfer.ImportTool;
import dev.kontor.store.StoreException;
import dev.kontor.store.StoreInUseException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/** The launcher's commands, by name. The last line on the standard output is the result. */
public final class Tools {

    private static final List<Tool> ALL = List.of(
            new AuditTool(),
            new BackupTool(),
            new RestoreTool(),
            new ExportTool(),
            new ImportTool(),
            new RebuildTool(),
            new EventsTool(),
            new DeadLettersTool(),
            new StoryTool(),
            new ProcessorsTool(),
            new RotateMasterKeysTool());

    private Tools() {}

    /**
     * Runs the tool that the first argument names.
     *
     * @return its exit code, empty where that is no tool's name
     */
    public static OptionalInt run(String... arguments) {
        for (Tool tool : ALL) {
            if (arguments.length > 0 && tool.name().equals(arguments[0])) {
                // Before any logger is created: the standard output must contain the result only.
                System.setProperty("logback.configurationFile", "dev/kontor/standalone/tools/logback.xml");
                List<String> rest = Arrays.asList(arguments).subList(1, arguments.length);
                return OptionalInt.of(run(tool, rest, new ToolConsole(System.out, System.err)));
            }
        }
        return OptionalInt.empty();
    }

    static int run(Tool tool, List<String> given, ToolConsole console) {
        try {
            Arguments arguments = Arguments.parse(tool, given);
            if (arguments.wantsHelp()) {
                console.out().print(tool.help());
                return ToolOutcome.GOOD;
            }
            ToolOutcome outcome = tool.run(arguments, console);
            console.out().println(outcome.line());
            return outcome.exitCode();
        } catch (UsageException e) {
            console.err().printf("kontor: %s%n%n%s", e.getMessage(), tool.help());
            return ToolOutcome.MISUSED;
        } catch (ToolException | StoreException | StoreInUseException e) {
            return failed(tool, e.getMessage(), console);
        } catch (MongoException e) {
            return failed(tool, "MongoDB cannot be used: " + e.getMessage(), console);
        } catch (FileSystemException e) {
            return failed(tool, "%s cannot be used: %s".formatted(e.getFile(), FileFailures.reason(e)), console);
        } catch (IOException | RuntimeException e) {
            // An unexpected failure: a report needs the whole stack trace. The tool's log goes to the same stream.
            e.printStackTrace(console.err());
            return failed(tool, String.valueOf(e.getMessage()), console);
        }
    }

    private static int failed(Tool tool, String why, ToolConsole console) {
        console.out().printf("%s failed: %s%n", tool.name(), why);
        return ToolOutcome.FAILED;
    }
}
