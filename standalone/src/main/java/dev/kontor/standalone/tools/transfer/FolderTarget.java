package dev.kontor.standalone.tools.transfer;

import dev.kontor.standalone.platform.DataFolder;
import dev.kontor.standalone.tools.console.ToolException;
import dev.kontor.standalone.tools.transfer.ExportLine.End;
import dev.kontor.standalone.tools.transfer.ExportLine.Header;
import dev.kontor.store.EmbeddedStore;
import dev.kontor.store.LogReader;
import dev.kontor.store.LogWriter;
import dev.kontor.store.LoggedEvent;
import dev.kontor.store.LoggedRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A data folder as the target of an import. It is not changed before there are events to write. */
final class FolderTarget implements LogTarget {

    /** The files that a folder may have before its log. */
    private static final Set<String> KEYS = Set.of("keys", "master.key", "signing.key");

    private final DataFolder data;
    private LogWriter writer;

    FolderTarget(DataFolder data) {
        this.data = data;
    }

    @Override
    public String name() {
        return data.root().toString();
    }

    /** @throws ToolException where the folder has data that does not belong to the file's log */
    LogState state(Header header, End end) throws IOException {
        if (Files.exists(data.restoring())) {
            throw new ToolException(
                    "A restore into %s was not finished. Run it again, or take another folder".formatted(data.root()));
        }
        if (!LogReader.isLog(data.log())) {
            refuseOthers();
            return LogState.NONE;
        }
        if (EmbeddedStore.isInUse(data.log())) {
            throw new ToolException("%s is in use. Stop the Kontor that runs on it first".formatted(data.root()));
        }
        try (LogReader log = LogReader.open(data.log())) {
            if (!log.id().equals(header.log())) {
                throw new ToolException(
                        "%s has another log (%s) than the file (%s)".formatted(data.root(), log.id(), header.log()));
            }
            long head = log.head();
            if (head + 1 > end.events()) {
                throw new ToolException("%s has %,d events, more than the %,d in the file"
                        .formatted(data.root(), head + 1, end.events()));
            }
            return new LogState(head, head < 0 ? 0 : log.chainAt(head), !log.isUnfinished());
        }
    }

    private void refuseOthers() throws IOException {
        Set<String> others = new TreeSet<>();
        if (Files.exists(data.root())) {
            try (Stream<Path> present = Files.list(data.root())) {
                present.map(path -> path.getFileName().toString()).forEach(others::add);
            }
        }
        others.removeAll(KEYS);
        // The earlier import was killed right after it opened the store.
        others.remove("log");
        if (!others.isEmpty()) {
            throw new ToolException(
                    "%s is not empty and has no log: there is %s".formatted(data.root(), String.join(", ", others)));
        }
    }

    @Override
    public void begin(String log, LogState there) {
        try {
            data.create();
        } catch (IOException e) {
            throw new ToolException("The folder %s cannot be made: %s".formatted(data.root(), e), e);
        }
        writer = LogWriter.open(data.log());
        if (writer.head() != there.head() || writer.chain() != there.chain()) {
            throw new ToolException("Another process has written to %s meanwhile".formatted(data.root()));
        }
        writer.begin(log);
    }

    @Override
    public void append(List<LoggedEvent> events) {
        writer.append(events);
    }

    @Override
    public void finish(End end, List<LoggedRow> rows) {
        writer.finish(rows);
    }

    @Override
    public void close() {
        if (writer != null) {
            writer.close();
        }
    }
}
