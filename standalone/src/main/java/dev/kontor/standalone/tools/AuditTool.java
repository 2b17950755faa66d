package dev.kontor.standalone.tools;

import dev.kontor.audit.operations.AuditReport;
import dev.kontor.standalone.operations.AuditedFolder;
import dev.kontor.standalone.operations.DataFolder;
import dev.kontor.store.Book;
import java.io.IOException;
import java.nio.file.Path;

/** Folds the whole log and holds it, and every view, against what must be true. */
final class AuditTool implements Tool {

    @Override
    public String name() {
        return "audit";
    }

    @Override
    public String help() {
        return """
                ./kontor audit [--data DIR]

                Reads the whole log, folds it by a reading of its own, and holds it and every view against
                what must be true: that stock adds up, that every order is decided once, that no record is
                missing or changed, that each document of a view is what the log makes of it. Says CLEAN,
                or names what is not as it must be, with its position in the log.

                A stopped Kontor is audited where it lies, and nothing is changed there. Of a running one a
                copy of this moment is made, audited here and removed.

                  --data DIR   the data folder, or a backup   (./data)
                """;
    }

    @Override
    public Outcome run(Arguments arguments, Console console) throws IOException {
        DataFolder data = arguments.data();
        if (!Book.isInUse(data.book())) {
            return audit(data.root(), console);
        }
        try (Snapshot copy = Snapshot.of(data, false)) {
            return audit(copy.folder(), console);
        }
    }

    private static Outcome audit(Path folder, Console console) {
        AuditReport report = AuditedFolder.audit(folder, line -> console.err().println("  " + line));
        console.out().print(report.details());
        return report.isClean() ? Outcome.good(report.result()) : Outcome.bad(report.result());
    }
}
