package dev.kontor.standalone.tools.transfer;

import dev.kontor.standalone.platform.DataFolder;
import dev.kontor.store.LogReader;
import dev.kontor.store.LogWriter;
import dev.kontor.store.LoggedEvent;
import dev.kontor.store.LoggedRow;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Logs for tests. */
public final class LogSetup {

    public static final String LOG_ID = "5c2f0a50-9f0c-4f35-8d2d-0d2a3a0d1a11";

    private LogSetup() {}

    public static DataFolder data(Path root) {
        return new DataFolder(root);
    }

    public static LoggedEvent event(long position) {
        return event(position, "{\"note\":\"number %d\"}".formatted(position).getBytes(StandardCharsets.UTF_8));
    }

    /** Three aggregates alternate; every seventh event is of none. */
    public static LoggedEvent event(long position, byte[] payload) {
        boolean ofNone = position % 7 == 6;
        return new LoggedEvent(
                position,
                "event-" + position,
                Instant.ofEpochSecond(1_700_000_000 + position, 123_456_789),
                ofNone ? null : "Note",
                ofNone ? null : "note-" + position % 3,
                ofNone ? -1 : position,
                "test.Noted",
                position % 2 == 0 ? "1" : null,
                payload,
                "{}".getBytes(StandardCharsets.UTF_8));
    }

    public static LoggedRow row(String key, int value) {
        return new LoggedRow("column-test", key, new byte[] {0, (byte) value, -1});
    }

    public static List<LoggedRow> rows() {
        return List.of(new LoggedRow("tokens", "some/0", new byte[0]), row("a", 1), row("b", 2));
    }

    /** A complete log of so many events, with {@link #rows} beside it. */
    public static DataFolder log(Path root, long events) {
        DataFolder data = half(root, events);
        try (LogWriter writer = LogWriter.open(data.log())) {
            writer.finish(rows());
        }
        return data;
    }

    /** An unfinished log with so many events so far. */
    public static DataFolder half(Path root, long events) {
        DataFolder data = data(root);
        try (LogWriter writer = LogWriter.open(data.log())) {
            writer.begin(LOG_ID);
            writer.append(LongStream.range(0, events).mapToObj(LogSetup::event).toList());
        }
        return data;
    }

    /** Everything that can be read of a log. */
    public record Content(String id, List<String> events, List<String> rows, int chain) {

        public static Content of(DataFolder data) {
            List<String> events = new ArrayList<>();
            List<String> rows = new ArrayList<>();
            try (LogReader log = LogReader.open(data.log())) {
                log.read(0, new LogReader.Visitor() {
                    @Override
                    public void event(LoggedEvent event) {
                        events.add(
                                new String(ExportLineCodec.write(new ExportLine.Event(event)), StandardCharsets.UTF_8));
                    }

                    @Override
                    public void damage(long position, String what) {
                        throw new AssertionError(position + " " + what);
                    }
                });
                log.readBeside(row ->
                        rows.add(new String(ExportLineCodec.write(new ExportLine.Row(row)), StandardCharsets.UTF_8)));
                return new Content(log.id(), events, rows, log.head() < 0 ? 0 : log.chainAt(log.head()));
            }
        }
    }
}
