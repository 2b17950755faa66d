package dev.kontor.standalone.tools;

import dev.kontor.standalone.operations.DataFolder;
import dev.kontor.standalone.operations.Folders;
import dev.kontor.standalone.tools.Line.End;
import dev.kontor.standalone.tools.Line.Event;
import dev.kontor.standalone.tools.Line.Header;
import dev.kontor.standalone.tools.Line.Mark;
import dev.kontor.standalone.tools.Line.Row;
import dev.kontor.store.BookException;
import dev.kontor.store.LogReader;
import dev.kontor.store.LoggedEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;

/** Writes the log to one file that any tool can read. */
final class ExportTool implements Tool {

    /** Where a file is as long as it is not whole. */
    static final String UNFINISHED = ".part";

    private final int linesOfMember;

    ExportTool() {
        this(ExportWriter.LINES_AT_MOST);
    }

    /** @param linesOfMember how much a kill costs at most */
    ExportTool(int linesOfMember) {
        this.linesOfMember = linesOfMember;
    }

    @Override
    public String name() {
        return "export";
    }

    @Override
    public String help() {
        return """
                ./kontor export FILE [--data DIR]

                Writes the log to FILE: one JSON event a line, compressed with gzip; by custom FILE ends
                with .jsonl.gz. Kontor may run meanwhile: what it writes after the export began is not in it.
                Until it is whole the file is called FILE.part. Run again after it was broken off, it goes
                on where it was. Personal data is sealed in it, and the keys are not in it: ./kontor backup
                keeps those.

                  FILE         must not exist yet
                  --data DIR   the data folder   (./data)
                """;
    }

    @Override
    public List<String> operands() {
        return List.of("FILE");
    }

    @Override
    public Outcome run(Arguments arguments, Console console) throws IOException {
        DataFolder data = arguments.data();
        Path file = arguments.path(0);
        Path part = file.resolveSibling(file.getFileName() + UNFINISHED);
        if (Files.exists(file)) {
            throw new ToolException("%s is there already".formatted(file));
        }
        if (!Files.isDirectory(file.getParent())) {
            throw new ToolException("There is no folder %s".formatted(file.getParent()));
        }
        try (Snapshot snapshot = Snapshot.of(data, false);
                LogReader log = LogReader.open(snapshot.book())) {
            Done done = write(log, part, console);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            Folders.sync(file.getParent());
            console.out().println("Personal data is sealed in it. The keys are not in it: ./kontor backup keeps them");
            return Outcome.good("Exported %,d events to %s (%,d bytes, chain %s)"
                    .formatted(
                            done.events(),
                            file,
                            Files.size(file),
                            HexFormat.of().toHexDigits(done.chain())));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** How far a file is: it can be gone on with from this byte, and so many events are before it. */
    record Done(long bytes, long events, int chain) {
        static final Done NOTHING = new Done(0, 0, 0);
    }

    private Done write(LogReader log, Path part, Console console) throws IOException {
        Done before = Files.exists(part) ? wholeIn(part, log) : Done.NOTHING;
        if (before.events() > 0) {
            console.err().printf("  going on after %,d events that are in %s already%n", before.events(), part);
        }
        long head = log.head();
        int chain = head < 0 ? 0 : log.chainAt(head);
        Progress progress = console.progress("exporting", "events", head + 1).after(before.events());
        try (ExportWriter writer = ExportWriter.open(part, before.bytes(), linesOfMember)) {
            if (before.bytes() == 0) {
                writer.write(new Header(
                        log.id(), version(), Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS)));
            }
            log.read(before.events(), new LogReader.Visitor() {
                @Override
                public void event(LoggedEvent event) {
                    try {
                        writer.write(new Event(event));
                        if (writer.isFull()) {
                            mark(event.position(), log, writer);
                        }
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    progress.at(event.position() + 1);
                }

                @Override
                public void damage(long position, String what) {
                    throw new ToolException(("The event at position %d is damaged: %s. "
                                    + "Nothing is exported of a damaged log; ./kontor audit names all that is")
                            .formatted(position, what));
                }
            });
            if (writer.hasBegun() && head >= 0) {
                mark(head, log, writer);
            }
            long[] rows = {0};
            log.readBeside(row -> {
                try {
                    writer.write(new Row(row));
                    rows[0]++;
                    if (writer.isFull()) {
                        writer.endMember();
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            writer.write(new End(head + 1, rows[0], chain));
            writer.finish();
        }
        return new Done(Files.size(part), head + 1, chain);
    }

    private static void mark(long position, LogReader log, ExportWriter writer) throws IOException {
        writer.write(new Mark(position + 1, log.chainAt(position)));
        writer.endMember();
    }

    /** @throws ToolException where it is no part of an export of this log */
    private static Done wholeIn(Path part, LogReader log) throws IOException {
        Done whole = Done.NOTHING;
        try (ExportReader reader = ExportReader.open(part)) {
            whole = wholeIn(reader, part, log);
        }
        try {
            if (whole.events() > 0 && log.chainAt(whole.events() - 1) != whole.chain()) {
                throw notOfThis(part);
            }
        } catch (BookException shorter) {
            throw notOfThis(part);
        }
        return whole;
    }

    private static Done wholeIn(ExportReader reader, Path part, LogReader log) throws IOException {
        Done whole = Done.NOTHING;
        Mark last = null;
        long wholeAtMark = 0;
        try {
            boolean more = true;
            boolean first = true;
            while (more) {
                Line line = reader.next();
                more = line != null;
                if (last != null && reader.wholeUpTo() > wholeAtMark) {
                    whole = new Done(reader.wholeUpTo(), last.events(), last.chain());
                }
                last = line instanceof Mark mark ? mark : null;
                wholeAtMark = reader.wholeUpTo();
                if (first
                        && more
                        && !(line instanceof Header header && header.book().equals(log.id()))) {
                    throw notOfThis(part);
                }
                first = false;
            }
        } catch (DamagedExport cut) {
            // That is what it is gone on from: only what is whole counts.
            if (last != null && reader.wholeUpTo() > wholeAtMark) {
                whole = new Done(reader.wholeUpTo(), last.events(), last.chain());
            }
        }
        return whole;
    }

    private static ToolException notOfThis(Path part) {
        return new ToolException(
                "%s is not the beginning of an export of this log. Remove it, or give another name".formatted(part));
    }

    static String version() {
        String version = ExportTool.class.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }
}
