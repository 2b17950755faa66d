package dev.kontor.standalone.tools.transfer;

import dev.kontor.standalone.platform.DataFolder;
import dev.kontor.standalone.tools.axonserver.AxonServerClient;
import dev.kontor.standalone.tools.axonserver.AxonServerOptions;
import dev.kontor.standalone.tools.axonserver.ServerAddresses;
import dev.kontor.standalone.tools.axonserver.SidesDatabase;
import dev.kontor.standalone.tools.console.Arguments;
import dev.kontor.standalone.tools.console.DamagedExport;
import dev.kontor.standalone.tools.console.ProgressOutput;
import dev.kontor.standalone.tools.console.Tool;
import dev.kontor.standalone.tools.console.ToolConsole;
import dev.kontor.standalone.tools.console.ToolEnvironment;
import dev.kontor.standalone.tools.console.ToolException;
import dev.kontor.standalone.tools.console.ToolOutcome;
import dev.kontor.standalone.tools.transfer.ExportLine.End;
import dev.kontor.standalone.tools.transfer.ExportLine.Header;
import dev.kontor.standalone.tools.transfer.LogTarget.LogState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Imports an exported file into a data folder or an Axon Server. */
public final class ImportTool implements Tool {

    private final Map<String, String> environment;

    public ImportTool() {
        this(ToolEnvironment.ofThisProcess());
    }

    ImportTool(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public String name() {
        return "import";
    }

    @Override
    public String help() {
        return """
                ./kontor import FILE [--data DIR] [--mongodb URI]
                ./kontor import FILE --to axon-server --mongodb URI [--data DIR]
                     [--server HOST:PORT] [--context NAME] [--certificate PEM]

                Writes the log that ./kontor export wrote to FILE into DIR: the same events at the same
                positions, with the same name and chain. The file is checked first; DIR is changed only if it
                is complete. If the import is interrupted, run it again: it continues where it stopped; until
                it has ended no Kontor starts on DIR.

                With --to axon-server the log is written to an Axon Server, and the state beside it to
                MongoDB: keys, undecided orders, how far the orders are processed. All events are read back before
                the end. Start no command side before it prints Imported.

                  FILE               what ./kontor export wrote
                  --data DIR         a folder that is missing or empty, has nothing but keys, or has a log that
                                     is the beginning of the one in FILE; with --to the folder whose keys/ go
                                     along   (./data)
                  --mongodb URI      with --to the database of the sides (SPRING_MONGODB_URI); else
                                     the database with the keys for DIR
                """ + AxonServerOptions.HELP;
    }

    @Override
    public List<String> operands() {
        return List.of("FILE");
    }

    @Override
    public Set<String> options() {
        return AxonServerOptions.optionsWith("to");
    }

    @Override
    public ToolOutcome run(Arguments arguments, ToolConsole console) throws IOException {
        Path file = arguments.path(0);
        boolean toServer = AxonServerOptions.meant(arguments, "to");
        try {
            return toServer ? toServer(file, arguments, console) : toFolder(file, arguments, console);
        } catch (DamagedExport e) {
            throw new ToolException("%s cannot be imported: %s".formatted(file, e.getMessage()), e);
        }
    }

    private ToolOutcome toFolder(Path file, Arguments arguments, ToolConsole console) throws IOException {
        DataFolder data = arguments.data();
        Whole whole = check(file, console);
        ToolOutcome outcome;
        try (FolderTarget target = new FolderTarget(data)) {
            LogState there = target.state(whole.header(), whole.end());
            outcome = fill(target, there, file, whole, console);
        }
        if (arguments.option("mongodb").isPresent()) {
            try (SidesDatabase mongo =
                    SidesDatabase.open(arguments.option("mongodb").get(), arguments, environment)) {
                new SideStores(mongo, data, console).keysToFolder();
            }
            console.out()
                    .printf(
                            "Before the first start put KONTOR_MASTER_KEY into %s/master.key and KONTOR_SIGNING_MASTER_KEY into"
                                    + " signing.key, readable by their owner alone, or keep them in the environment%n",
                            data.root());
        } else if (!Files.exists(data.keys())) {
            console.out()
                    .printf(
                            "The keys of personal data are not in an export. Before the first start put keys/ (a backup"
                                    + " has it), master.key and signing.key into %s%n",
                            data.root());
        }
        return outcome;
    }

    private ToolOutcome toServer(Path file, Arguments arguments, ToolConsole console) throws IOException {
        ServerAddresses addresses = ServerAddresses.of(arguments, environment);
        Whole whole = check(file, console);
        try (SidesDatabase mongo = AxonServerOptions.mongodb(arguments, environment)) {
            SideStores stores = new SideStores(mongo, arguments.data(), console);
            stores.refuseWithoutKeys();
            try (ServerTarget target = new ServerTarget(AxonServerClient.connect(addresses), stores, console)) {
                LogState there = target.state(whole.header(), whole.end());
                ToolOutcome outcome = fill(target, there, file, whole, console);
                console.out()
                        .println("The sides need what opens the keys: the content of master.key as KONTOR_MASTER_KEY,"
                                + " of signing.key as KONTOR_SIGNING_MASTER_KEY");
                return outcome;
            }
        }
    }

    private static ToolOutcome fill(LogTarget target, LogState there, Path file, Whole whole, ToolConsole console)
            throws IOException {
        if (there.isAll(whole.end())) {
            return ToolOutcome.good("Nothing to do: %s has all %,d events of %s already"
                    .formatted(target.name(), whole.end().events(), file));
        }
        ImportRun.into(target, whole.header(), there, whole.end().events(), console)
                .read(file);
        return ToolOutcome.good("Imported %,d events into %s, chain %s"
                .formatted(
                        whole.end().events(),
                        target.name(),
                        HexFormat.of().toHexDigits(whole.end().chain())));
    }

    /** Of a file that was read to its end. */
    private record Whole(Header header, End end) {}

    private static Whole check(Path file, ToolConsole console) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new ToolException("There is no file %s".formatted(file));
        }
        ProgressOutput progress = console.progress("checking", "bytes", Files.size(file));
        try (ExportReader reader = ExportReader.open(file)) {
            byte[] line = reader.nextBytes();
            if (line == null || !(ExportLineCodec.read(line) instanceof Header header)) {
                throw new DamagedExport("it does not begin as an export does");
            }
            byte[] last = line;
            for (; line != null; line = reader.nextBytes()) {
                last = line;
                progress.at(reader.wholeUpTo());
            }
            if (!(ExportLineCodec.read(last) instanceof End end)) {
                throw new DamagedExport("it has no end: the export was interrupted; run it again");
            }
            return new Whole(header, end);
        }
    }
}
