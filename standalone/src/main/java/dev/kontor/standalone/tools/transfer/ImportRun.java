package dev.kontor.standalone.tools.transfer;

import dev.kontor.standalone.tools.console.DamagedExport;
import dev.kontor.standalone.tools.console.ProgressOutput;
import dev.kontor.standalone.tools.console.ToolConsole;
import dev.kontor.standalone.tools.console.ToolException;
import dev.kontor.standalone.tools.transfer.ExportLine.End;
import dev.kontor.standalone.tools.transfer.ExportLine.Event;
import dev.kontor.standalone.tools.transfer.ExportLine.Header;
import dev.kontor.standalone.tools.transfer.ExportLine.Mark;
import dev.kontor.standalone.tools.transfer.ExportLine.Row;
import dev.kontor.standalone.tools.transfer.LogTarget.LogState;
import dev.kontor.store.LogWriter;
import dev.kontor.store.LoggedEvent;
import dev.kontor.store.LoggedRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One import. It computes the file's chain; at the end of the target's existing log both must agree before it writes.
 */
final class ImportRun {

    private static final int GROUP_AT_MOST = 10_000;
    private static final long GROUP_BYTES_AT_MOST = 16 << 20;

    private final LogTarget target;
    private final Header header;
    private final LogState there;
    private final ProgressOutput progress;
    private final List<LoggedEvent> group = new ArrayList<>();
    private final List<LoggedRow> rows = new ArrayList<>();
    private boolean begun;
    private long groupBytes;
    private long events;
    private int chain;

    private ImportRun(LogTarget target, Header header, LogState there, ProgressOutput progress) {
        this.target = target;
        this.header = header;
        this.there = there;
        this.progress = progress;
    }

    /** @param there the state of the target when it was examined */
    static ImportRun into(LogTarget target, Header header, LogState there, long total, ToolConsole console) {
        if (there.head() >= 0) {
            console.err().printf("  %,d events exist already; they are compared%n", there.head() + 1);
        }
        return new ImportRun(target, header, there, console.progress("importing", "events", total));
    }

    /** @throws DamagedExport where the file contradicts itself; what was written stays, marked as incomplete */
    void read(Path file) throws IOException {
        try (ExportReader reader = ExportReader.open(file)) {
            for (ExportLine line = reader.next(); line != null; line = reader.next()) {
                switch (line) {
                    case Header again when events == 0 && again.equals(header) -> {}
                    case Header another -> throw new DamagedExport("it has a second beginning");
                    case Event event -> take(event.event());
                    case Mark mark -> compare(mark.events(), mark.chain());
                    case Row row -> rows.add(row.row());
                    case End end -> finish(end);
                }
            }
        }
    }

    private void take(LoggedEvent event) {
        if (event.position() != events) {
            throw new DamagedExport("after %d events comes position %d".formatted(events, event.position()));
        }
        chain = LogWriter.chain(event, chain);
        events++;
        if (event.position() == there.head() && chain != there.chain()) {
            throw new ToolException(
                    "The log in %s is not the beginning of the one in the file: they differ before position %d"
                            .formatted(target.name(), events));
        }
        if (event.position() > there.head()) {
            group.add(event);
            groupBytes += event.payload().length + event.metadata().length;
            if (group.size() >= GROUP_AT_MOST || groupBytes >= GROUP_BYTES_AT_MOST) {
                flush();
            }
        }
        progress.at(events);
    }

    private void flush() {
        if (!group.isEmpty()) {
            begun().append(group);
            group.clear();
            groupBytes = 0;
        }
    }

    private LogTarget begun() {
        if (!begun) {
            target.begin(header.log(), there);
            begun = true;
        }
        return target;
    }

    private void compare(long saidEvents, int saidChain) {
        if (saidEvents != events || saidChain != chain) {
            throw new DamagedExport("its events before position %d are not those that were exported".formatted(events));
        }
        flush();
    }

    private void finish(End end) {
        compare(end.events(), end.chain());
        if (end.rows() != rows.size()) {
            throw new DamagedExport("it has %d rows beside the log, not %d".formatted(rows.size(), end.rows()));
        }
        begun().finish(end, rows);
    }
}
