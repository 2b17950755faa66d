package dev.kontor.standalone.tools.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.platform.DataFolder;
import dev.kontor.standalone.tools.ToolOutput;
import dev.kontor.standalone.tools.console.Tool;
import dev.kontor.standalone.tools.transfer.LogSetup.Content;
import dev.kontor.store.EmbeddedStore;
import dev.kontor.store.LogWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExportImportTest {

    private static final int EVENTS = 40;
    private static final int LINES_OF_MEMBER = 9;

    @TempDir
    Path folder;

    private final Tool export = new ExportTool(LINES_OF_MEMBER, Map.of());
    private final Tool imports = new ImportTool();
    private DataFolder data;
    private Path file;

    @BeforeEach
    void log() {
        data = LogSetup.log(folder.resolve("data"), EVENTS);
        file = folder.resolve("log.jsonl.gz");
    }

    private ToolOutput export() {
        return ToolOutput.by(export, file, "--data", data.root());
    }

    private ToolOutput importInto(DataFolder target) {
        return ToolOutput.by(imports, file, "--data", target.root());
    }

    private DataFolder target() {
        return LogSetup.data(folder.resolve("target"));
    }

    private static List<String> lines(byte[] gzip) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> withoutHeader(byte[] gzip) {
        List<String> lines = lines(gzip);
        return lines.subList(1, lines.size());
    }

    private void rewrite(List<String> lines) throws IOException {
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            for (String line : lines) {
                out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    /** At the ends of members, beside them, and in their middle. */
    private static long[] placesToCut(byte[] whole) {
        long[] members = LongStream.range(0, whole.length)
                .filter(at -> isMember(whole, (int) at))
                .toArray();
        return LongStream.concat(
                        LongStream.of(members).flatMap(at -> LongStream.of(at - 1, at, at + 1, at + 12, at + 150)),
                        LongStream.of(whole.length - 1))
                .filter(at -> at >= 0 && at < whole.length)
                .toArray();
    }

    private static boolean isMember(byte[] bytes, int at) {
        return at + 2 < bytes.length && bytes[at] == 0x1f && bytes[at + 1] == (byte) 0x8b && bytes[at + 2] == 8;
    }

    /** Every file below a folder with its content. */
    private static TreeMap<String, String> snapshotOf(Path root) throws IOException {
        TreeMap<String, String> files = new TreeMap<>();
        if (Files.exists(root)) {
            try (Stream<Path> all = Files.walk(root)) {
                for (Path one : all.toList()) {
                    files.put(
                            root.relativize(one).toString(),
                            Files.isDirectory(one) ? "" : Arrays.toString(Files.readAllBytes(one)));
                }
            }
        }
        return files;
    }

    @Test
    void an_imported_export_is_the_same_log() {
        assertThat(export().exitCode()).isZero();
        ToolOutput told = importInto(target());

        assertThat(told.exitCode()).as(told.out()).isZero();
        assertThat(told.lastLine()).startsWith("Imported 40 events into " + target().root());
        assertThat(Content.of(target())).isEqualTo(Content.of(data));
        try (EmbeddedStore store = EmbeddedStore.open(target().log())) {
            assertThat(store.id()).isEqualTo(LogSetup.LOG_ID);
            assertThat(store.head()).isEqualTo(EVENTS - 1);
        }
    }

    @Test
    void an_empty_log_is_a_log() {
        data = LogSetup.log(folder.resolve("empty"), 0);
        assertThat(export().exitCode()).isZero();
        ToolOutput told = importInto(target());

        assertThat(told.exitCode()).as(told.out()).isZero();
        assertThat(Content.of(target())).isEqualTo(Content.of(data));
    }

    @Test
    void nothing_of_an_export_is_left_in_the_data_folder() throws Exception {
        export();

        try (Stream<Path> checkpoints = Files.list(data.checkpoints())) {
            assertThat(checkpoints).isEmpty();
        }
        assertThat(EmbeddedStore.isInUse(data.log())).isFalse();
    }

    @Test
    void an_export_that_was_killed_anywhere_goes_on_and_ends_the_same() throws Exception {
        export();
        byte[] whole = Files.readAllBytes(file);
        Path part = folder.resolve("log.jsonl.gz.part");
        int resumed = 0;
        for (long cut : placesToCut(whole)) {
            Files.delete(file);
            Files.write(part, Arrays.copyOf(whole, (int) cut));

            ToolOutput told = export();

            assertThat(told.exitCode()).as(told.out()).isZero();
            assertThat(part).doesNotExist();
            assertThat(withoutHeader(Files.readAllBytes(file)))
                    .as("cut at %d", cut)
                    .isEqualTo(withoutHeader(whole));
            if (told.err().contains("continuing after")) {
                resumed++;
                assertThat(Files.readAllBytes(file)).as("cut at %d", cut).isEqualTo(whole);
            }
        }
        assertThat(resumed).as("times that something was there to go on from").isGreaterThan(10);
    }

    @Test
    void the_incomplete_end_after_a_power_cut_is_removed() throws Exception {
        export();
        byte[] whole = Files.readAllBytes(file);
        int second = (int) LongStream.range(1, whole.length)
                .filter(at -> isMember(whole, (int) at))
                .findFirst()
                .orElseThrow();
        byte[] torn = Arrays.copyOf(whole, whole.length);
        Arrays.fill(torn, second + 20, torn.length, (byte) 0);
        Files.delete(file);
        Files.write(folder.resolve("log.jsonl.gz.part"), torn);

        ToolOutput told = export();

        assertThat(told.err()).contains("continuing after 8 events");
        assertThat(Files.readAllBytes(file)).isEqualTo(whole);
    }

    @Test
    void an_export_does_not_continue_the_file_of_another_log() throws Exception {
        export();
        Path part = folder.resolve("log.jsonl.gz.part");
        Files.move(file, part);
        byte[] before = Files.readAllBytes(part);
        DataFolder other = LogSetup.data(folder.resolve("other"));
        try (LogWriter writer = LogWriter.open(other.log())) {
            writer.begin(LogSetup.LOG_ID);
            writer.append(LongStream.range(0, EVENTS)
                    .mapToObj(at -> LogSetup.event(at, new byte[] {(byte) at}))
                    .toList());
            writer.finish(List.of());
        }
        DataFolder shorter = LogSetup.log(folder.resolve("shorter"), 3);
        for (DataFolder wrong : List.of(other, shorter)) {
            data = wrong;

            ToolOutput told = export();

            assertThat(told.exitCode()).isEqualTo(1);
            assertThat(told.lastLine()).contains("is not the beginning of an export of this log");
            assertThat(Files.readAllBytes(part)).isEqualTo(before);
        }
    }

    @Test
    void an_existing_file_is_never_overwritten() throws Exception {
        Files.writeString(file, "precious");

        ToolOutput told = export();

        assertThat(told.exitCode()).isEqualTo(1);
        assertThat(file).hasContent("precious");
    }

    @Test
    void an_import_that_was_killed_after_any_event_goes_on_and_ends_the_same() {
        export();
        Content whole = Content.of(data);
        for (int written : new int[] {0, 1, 7, 8, 9, 17, EVENTS - 1, EVENTS}) {
            DataFolder half = LogSetup.half(folder.resolve("half-" + written), written);

            ToolOutput told = importInto(half);

            assertThat(told.exitCode()).as(told.out()).isZero();
            assertThat(Content.of(half)).as("killed after %d", written).isEqualTo(whole);
            EmbeddedStore.open(half.log()).close();
        }
    }

    @Test
    void events_that_were_added_elsewhere_are_imported() {
        DataFolder older = LogSetup.log(folder.resolve("older"), 11);
        export();

        ToolOutput told = importInto(older);

        assertThat(told.exitCode()).as(told.out()).isZero();
        assertThat(Content.of(older)).isEqualTo(Content.of(data));
    }

    @Test
    void present_events_are_not_changed() throws Exception {
        export();
        TreeMap<String, String> before = snapshotOf(data.root());

        ToolOutput told = importInto(data);

        assertThat(told.exitCode()).isZero();
        assertThat(told.lastLine()).startsWith("Nothing to do: ");
        assertThat(snapshotOf(data.root())).isEqualTo(before);
    }

    @Test
    void a_file_that_was_cut_anywhere_is_refused_and_nothing_is_made() throws Exception {
        export();
        byte[] whole = Files.readAllBytes(file);
        for (long cut : placesToCut(whole)) {
            Files.write(file, Arrays.copyOf(whole, (int) cut));

            ToolOutput told = importInto(target());

            assertThat(told.exitCode()).as("cut at %d: %s", cut, told.out()).isEqualTo(1);
            assertThat(target().root()).doesNotExist();
        }
    }

    @Test
    void a_damaged_byte_is_found_before_anything_is_made() throws Exception {
        export();
        byte[] whole = Files.readAllBytes(file);
        byte[] damaged = whole.clone();
        damaged[whole.length / 2] ^= 0x10;
        Files.write(file, damaged);

        ToolOutput told = importInto(target());

        assertThat(told.exitCode()).isEqualTo(1);
        assertThat(told.lastLine()).contains("cannot be imported");
        assertThat(target().root()).doesNotExist();
    }

    @Test
    void an_event_that_was_changed_by_hand_is_refused() throws Exception {
        export();
        List<String> lines = new ArrayList<>(lines(Files.readAllBytes(file)));
        lines.replaceAll(line -> line.replace("number 30", "number 31"));
        rewrite(lines);

        ToolOutput told = importInto(target());

        assertThat(told.exitCode()).isEqualTo(1);
        assertThat(told.lastLine()).contains("are not those that were exported");
        assertThat(ToolOutput.by(export, folder.resolve("again.gz"), "--data", target().root())
                        .lastLine())
                .as("what was begun is not taken for a log")
                .contains("was not finished");
    }

    @Test
    void a_file_that_was_recompressed_by_another_program_is_accepted() throws Exception {
        export();
        rewrite(lines(Files.readAllBytes(file)));

        assertThat(importInto(target()).exitCode()).isZero();
        assertThat(Content.of(target())).isEqualTo(Content.of(data));
    }

    @ParameterizedTest
    @ValueSource(strings = {"another log", "more events", "other events", "other files", "in use", "half a restore"})
    void a_folder_that_holds_anything_else_is_refused_and_not_changed(String what) throws Exception {
        export();
        DataFolder wrong = target();
        EmbeddedStore open = null;
        switch (what) {
            case "another log" -> EmbeddedStore.open(wrong.log()).close();
            case "more events" -> LogSetup.log(wrong.root(), EVENTS + 1);
            case "other events" -> {
                try (LogWriter writer = LogWriter.open(wrong.log())) {
                    writer.begin(LogSetup.LOG_ID);
                    writer.append(List.of(LogSetup.event(0), LogSetup.event(1, new byte[] {'x'})));
                    writer.finish(List.of());
                }
            }
            case "other files" ->
                Files.writeString(Files.createDirectories(wrong.root()).resolve("thesis.txt"), "");
            case "half a restore" -> Files.createDirectories(wrong.restoring());
            case "in use" -> open = EmbeddedStore.open(wrong.log());
            default -> throw new IllegalStateException(what);
        }
        TreeMap<String, String> before = snapshotOf(wrong.root());

        ToolOutput told = importInto(wrong);

        assertThat(told.exitCode()).as(told.out()).isEqualTo(1);
        assertThat(told.err()).doesNotContain("\tat ");
        assertThat(snapshotOf(wrong.root())).isEqualTo(before);
        if (open != null) {
            open.close();
        }
    }
}
