package dev.kontor.standalone.tools;

import com.mongodb.client.model.Projections;
import dev.kontor.audit.KeySource;
import dev.kontor.audit.LogSource;
import dev.kontor.audit.platform.Audit;
import dev.kontor.audit.platform.AuditReport;
import dev.kontor.side.customer.MongoKeyRing;
import dev.kontor.standalone.operations.AuditedFolder;
import dev.kontor.standalone.platform.DataFolder;
import dev.kontor.standalone.tools.axonserver.AxonServerClient;
import dev.kontor.standalone.tools.axonserver.AxonServerOptions;
import dev.kontor.standalone.tools.axonserver.ServerAddresses;
import dev.kontor.standalone.tools.axonserver.ServerLog;
import dev.kontor.standalone.tools.axonserver.SidesDatabase;
import dev.kontor.standalone.tools.backup.LogCheckpoint;
import dev.kontor.standalone.tools.console.Arguments;
import dev.kontor.standalone.tools.console.Tool;
import dev.kontor.standalone.tools.console.ToolConsole;
import dev.kontor.standalone.tools.console.ToolEnvironment;
import dev.kontor.standalone.tools.console.ToolOutcome;
import dev.kontor.store.EmbeddedStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Folds the whole log and verifies it and every view against the invariants. */
final class AuditTool implements Tool {

    private final Map<String, String> environment;

    AuditTool() {
        this(ToolEnvironment.ofThisProcess());
    }

    AuditTool(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public String name() {
        return "audit";
    }

    @Override
    public String help() {
        return """
                ./kontor audit [--data DIR]
                ./kontor audit --of axon-server [--mongodb URI]
                     [--server HOST:PORT] [--context NAME] [--certificate PEM]

                Reads and folds the whole log with its own code, and verifies the log and every view: stock
                adds up, every order is decided once, no record is missing or changed, each document of a
                view matches the log, every account has a key. Prints CLEAN, or each violation with its
                position in the log. Without views it prints LOG ONLY and exits with 3.

                The audit of a stopped Kontor reads its folder and changes nothing there. The audit of a
                running one makes a checkpoint, reads it and removes it.

                With --of axon-server it reads the log in an Axon Server, up to its end when the audit begins,
                and the views in MongoDB, as they were just before; both may be written to meanwhile.

                  --data DIR         the data folder, or a backup   (./data)
                  --mongodb URI      where the views are (SPRING_MONGODB_URI); without it: LOG ONLY
                """ + AxonServerOptions.HELP;
    }

    @Override
    public Set<String> options() {
        return AxonServerOptions.optionsWith("of");
    }

    @Override
    public ToolOutcome run(Arguments arguments, ToolConsole console) throws IOException {
        if (AxonServerOptions.meant(arguments, "of")) {
            return ofServer(arguments, console);
        }
        DataFolder data = arguments.data();
        if (!EmbeddedStore.isInUse(data.log())) {
            return audit(data.root(), data, console);
        }
        try (LogCheckpoint copy = LogCheckpoint.of(data, false)) {
            return audit(copy.folder(), data, console);
        }
    }

    private ToolOutcome ofServer(Arguments arguments, ToolConsole console) throws IOException {
        ServerAddresses addresses = ServerAddresses.of(arguments, environment);
        Optional<String> mongodb = AxonServerOptions.findMongodb(arguments, environment);
        try (AxonServerClient server = AxonServerClient.connect(addresses)) {
            if (mongodb.isEmpty()) {
                return audit(server, null, null, console);
            }
            try (SidesDatabase mongo = SidesDatabase.open(mongodb.get(), arguments, environment);
                    CopiedViews views = new CopiedViews(mongo, console)) {
                return audit(server, views, keysIn(mongo), console);
            }
        }
    }

    /** Reads the end of the log here, after the views were copied. */
    private static KeySource keysIn(SidesDatabase mongo) {
        return reader -> mongo.database()
                .getCollection(MongoKeyRing.COLLECTION)
                .find()
                .projection(Projections.include("_id"))
                .forEach(key -> reader.accept(key.getString("_id")));
    }

    private static ToolOutcome audit(AxonServerClient server, CopiedViews views, KeySource keys, ToolConsole console) {
        LogSource log = new AuditedServer(new ServerLog(server, server.head()));
        Audit audit = new Audit(log, views, toldTo(console)).with(keys);
        return outcome((views == null ? audit : audit.withLetters(views.letters())).run(), console);
    }

    /** The keys are not copied: only their names are read, in place. */
    private static ToolOutcome audit(Path folder, DataFolder data, ToolConsole console) {
        return outcome(AuditedFolder.audit(folder, AuditedFolder.keysIn(data.keys()), toldTo(console)), console);
    }

    private static Consumer<String> toldTo(ToolConsole console) {
        return line -> console.err().println("  " + line);
    }

    private static ToolOutcome outcome(AuditReport report, ToolConsole console) {
        console.out().print(report.details());
        if (report.isOfLogOnly()) {
            return ToolOutcome.partial(report.result());
        }
        return report.isClean() ? ToolOutcome.good(report.result()) : ToolOutcome.bad(report.result());
    }
}
