package dev.kontor.standalone.tools;

import com.mongodb.client.model.Projections;
import dev.kontor.audit.KeySource;
import dev.kontor.audit.LogSource;
import dev.kontor.audit.ViewSource;
import dev.kontor.audit.platform.Audit;
import dev.kontor.audit.platform.AuditReport;
import dev.kontor.side.customer.MongoKeyRing;
import dev.kontor.standalone.operations.AuditedFolder;
import dev.kontor.standalone.platform.DataFolder;
import dev.kontor.store.EmbeddedStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Folds the whole log and holds it, and every view, against what must be true. */
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

                Reads the whole log, folds it by a reading of its own, and holds it and every view against
                what must be true: that stock adds up, that every order is decided once, that no record is
                missing or changed, that each document of a view is what the log makes of it, that every
                account has a key. Says CLEAN, or names what is not as it must be, with its position in the log.
                Where it found no views, or was not told where they are, it says LOG ONLY and ends with 3.

                A stopped Kontor is audited where it lies, and nothing is changed there. Of a running one a
                copy of this moment is made, audited here and removed.

                With --of axon-server it is the log in an Axon Server, up to its end when the audit begins, and
                the views in MongoDB, as they were just before; both may go on meanwhile.

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

    /** The end of the log is looked at here, after the views were copied. */
    private static KeySource keysIn(SidesDatabase mongo) {
        return reader -> mongo.database()
                .getCollection(MongoKeyRing.COLLECTION)
                .find()
                .projection(Projections.include("_id"))
                .forEach(key -> reader.accept(key.getString("_id")));
    }

    private static ToolOutcome audit(AxonServerClient server, ViewSource views, KeySource keys, ToolConsole console) {
        LogSource log = new AuditedServer(new ServerLog(server, server.head()));
        return outcome(new Audit(log, views, toldTo(console)).with(keys).run(), console);
    }

    /** The keys are not copied: of those only the names are read, where they are. */
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
