package dev.kontor.standalone.tools.transfer;

import dev.kontor.standalone.tools.console.DamagedExport;
import dev.kontor.standalone.tools.console.ProgressOutput;
import dev.kontor.standalone.tools.console.ToolConsole;
import dev.kontor.standalone.tools.console.ToolEnvironment;
import dev.kontor.standalone.tools.console.ToolException;
import dev.kontor.standalone.tools.transfer.ExportLine.End;
import dev.kontor.standalone.tools.transfer.ExportLine.Event;
import dev.kontor.standalone.tools.transfer.ExportLine.Header;
import dev.kontor.standalone.tools.transfer.ExportLine.Mark;
import dev.kontor.standalone.tools.transfer.ExportLine.Row;
import dev.kontor.store.LogReader;
import dev.kontor.store.LogWriter;
import dev.kontor.store.LoggedEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;

/** One export. It continues after the complete part of an earlier one; the chain is computed from the events. */
final class ExportRun implements LogReader.Visitor {

    private final LogOrigin log;
    private final ProgressOutput progress;
    private final ExportWriter writer;
    private int chain;

    private ExportRun(LogOrigin log, ProgressOutput progress, ExportWriter writer, int chain) {
        this.log = log;
        this.progress = progress;
        this.writer = writer;
        this.chain = chain;
    }

    /** The complete part of a file: its bytes and the events in them. */
    record Done(long bytes, long events, int chain) {
        static final Done NOTHING = new Done(0, 0, 0);
    }

    /** @param linesOfMember how many lines a kill loses at most */
    static Done write(LogOrigin log, Path part, int linesOfMember, ToolConsole console) throws IOException {
        Done before = Files.exists(part) ? wholeIn(part, log) : Done.NOTHING;
        if (before.events() > 0) {
            console.err().printf("  continuing after %,d events that are already in %s%n", before.events(), part);
        }
        long head = log.head();
        ProgressOutput progress =
                console.progress("exporting", "events", head + 1).after(before.events());
        try (ExportWriter writer = ExportWriter.open(part, before.bytes(), linesOfMember)) {
            if (before.bytes() == 0) {
                writer.write(new Header(
                        log.id(),
                        ToolEnvironment.version(),
                        Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS)));
            }
            ExportRun export = new ExportRun(log, progress, writer, before.chain());
            log.read(before.events(), export);
            export.finish(head);
            return new Done(Files.size(part), head + 1, export.chain);
        }
    }

    @Override
    public void event(LoggedEvent event) {
        chain = LogWriter.chain(event, chain);
        try {
            writer.write(new Event(event));
            if (writer.isFull()) {
                mark(event.position());
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

    private void mark(long position) throws IOException {
        writer.write(new Mark(position + 1, chain));
        writer.endMember();
    }

    private void finish(long head) throws IOException {
        if (writer.hasBegun() && head >= 0) {
            mark(head);
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

    /** @throws ToolException where it is no part of an export of this log */
    private static Done wholeIn(Path part, LogOrigin log) throws IOException {
        Done whole;
        try (ExportReader reader = ExportReader.open(part)) {
            whole = wholeIn(reader, part, log);
        }
        if (whole.events() > 0 && !log.beginsWith(whole.events(), whole.chain())) {
            throw notOfThis(part);
        }
        return whole;
    }

    private static Done wholeIn(ExportReader reader, Path part, LogOrigin log) throws IOException {
        Done whole = Done.NOTHING;
        Mark last = null;
        long wholeAtMark = 0;
        try {
            boolean more = true;
            boolean first = true;
            while (more) {
                ExportLine line = reader.next();
                more = line != null;
                if (last != null && reader.wholeUpTo() > wholeAtMark) {
                    whole = new Done(reader.wholeUpTo(), last.events(), last.chain());
                }
                last = line instanceof Mark mark ? mark : null;
                wholeAtMark = reader.wholeUpTo();
                if (first
                        && more
                        && !(line instanceof Header header && header.log().equals(log.id()))) {
                    throw notOfThis(part);
                }
                first = false;
            }
        } catch (DamagedExport cut) {
            // Only complete members count, because the export continues after them.
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
}
