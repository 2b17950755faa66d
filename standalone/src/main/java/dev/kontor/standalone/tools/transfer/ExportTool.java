package dev.kontor.standalone.tools.transfer;

import dev.kontor.standalone.platform.DataFolder;
import dev.kontor.standalone.platform.Folders;
import dev.kontor.standalone.tools.axonserver.AxonServerClient;
import dev.kontor.standalone.tools.axonserver.AxonServerOptions;
import dev.kontor.standalone.tools.axonserver.ServerAddresses;
import dev.kontor.standalone.tools.axonserver.SidesDatabase;
import dev.kontor.standalone.tools.backup.LogCheckpoint;
import dev.kontor.standalone.tools.console.Arguments;
import dev.kontor.standalone.tools.console.Tool;
import dev.kontor.standalone.tools.console.ToolConsole;
import dev.kontor.standalone.tools.console.ToolEnvironment;
import dev.kontor.standalone.tools.console.ToolException;
import dev.kontor.standalone.tools.console.ToolOutcome;
import dev.kontor.standalone.tools.transfer.ExportRun.Done;
import dev.kontor.store.LogReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Exports the log to one file that any tool can read. */
public final class ExportTool implements Tool {

    /** The suffix of an incomplete file. */
    static final String UNFINISHED = ".part";

    private final int linesOfMember;
    private final Map<String, String> environment;

    public ExportTool() {
        this(ExportWriter.LINES_AT_MOST, ToolEnvironment.ofThisProcess());
    }

    /** @param linesOfMember how many lines a kill loses at most */
    ExportTool(int linesOfMember, Map<String, String> environment) {
        this.linesOfMember = linesOfMember;
        this.environment = environment;
    }

    @Override
    public String name() {
        return "export";
    }

    @Override
    public String help() {
        return """
                ./kontor export FILE [--data DIR]
                ./kontor export FILE --from axon-server --mongodb URI
                     [--server HOST:PORT] [--context NAME] [--certificate PEM]

                Writes the log to FILE: one JSON event a line, compressed with gzip; by custom FILE ends
                with .jsonl.gz. Kontor may run meanwhile: events after the start of the export are not in it.
                Until it is complete the file is called FILE.part. If the export is interrupted, run it again:
                it continues where it stopped. Personal data is sealed in it, and the keys are not in it:
                ./kontor backup keeps those.

                With --from axon-server the log is read from an Axon Server, and the state beside it from
                MongoDB. All command sides must be stopped.

                  FILE               must not exist yet
                  --data DIR         the data folder   (./data)
                  --mongodb URI      the database of the sides (SPRING_MONGODB_URI)
                """ + AxonServerOptions.HELP;
    }

    @Override
    public List<String> operands() {
        return List.of("FILE");
    }

    @Override
    public Set<String> options() {
        return AxonServerOptions.optionsWith("from");
    }

    @Override
    public ToolOutcome run(Arguments arguments, ToolConsole console) throws IOException {
        boolean fromServer = AxonServerOptions.meant(arguments, "from");
        Path file = arguments.path(0);
        if (Files.exists(file)) {
            throw new ToolException("%s already exists".formatted(file));
        }
        if (!Files.isDirectory(file.getParent())) {
            throw new ToolException("There is no folder %s".formatted(file.getParent()));
        }
        try {
            return fromServer ? ofServer(file, arguments, console) : ofFolder(file, arguments.data(), console);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private ToolOutcome ofFolder(Path file, DataFolder data, ToolConsole console) throws IOException {
        try (LogCheckpoint snapshot = LogCheckpoint.of(data, false);
                LogReader log = LogReader.open(snapshot.log())) {
            Done done = ExportRun.write(new FolderOrigin(log), partOf(file), linesOfMember, console);
            return finish(file, done, "./kontor backup keeps them", console);
        }
    }

    private ToolOutcome ofServer(Path file, Arguments arguments, ToolConsole console) throws IOException {
        ServerAddresses addresses = ServerAddresses.of(arguments, environment);
        try (SidesDatabase mongo = AxonServerOptions.mongodb(arguments, environment);
                AxonServerClient server = AxonServerClient.connect(addresses)) {
            ServerOrigin origin = ServerOrigin.of(server, mongo, console);
            Done done = ExportRun.write(origin, partOf(file), linesOfMember, console);
            origin.refuseGrown();
            return finish(file, done, "./kontor import with --mongodb fetches them", console);
        }
    }

    private static Path partOf(Path file) {
        return file.resolveSibling(file.getFileName() + UNFINISHED);
    }

    private static ToolOutcome finish(Path file, Done done, String whereKeysAre, ToolConsole console)
            throws IOException {
        Files.move(partOf(file), file, StandardCopyOption.ATOMIC_MOVE);
        Folders.sync(file.getParent());
        console.out().printf("Personal data is sealed in it. The keys are not in it: %s%n", whereKeysAre);
        return ToolOutcome.good("Exported %,d events to %s (%,d bytes, chain %s)"
                .formatted(done.events(), file, Files.size(file), HexFormat.of().toHexDigits(done.chain())));
    }
}
