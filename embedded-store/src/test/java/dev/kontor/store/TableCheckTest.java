package dev.kontor.store;

import static dev.kontor.store.StoreSetup.event;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A changed byte is found in any table, even if there is no event. */
class TableCheckTest {

    private static final int STEP = 61;

    @TempDir
    Path folder;

    private Path copy;

    @BeforeEach
    void fill() {
        copy = folder.resolve("copy");
        try (StoreSetup setup = new StoreSetup(folder.resolve("log"))) {
            for (int sequence = 0; sequence < 20; sequence++) {
                setup.engine.appendEvents(event("a", sequence));
            }
            setup.tokens.initializeTokenSegments("reader", 4, new GlobalSequenceTrackingToken(3));
            setup.store.checkpoint(copy);
        }
    }

    @Test
    void an_undamaged_table_is_verified_and_counted() throws IOException {
        List<String> damage = new ArrayList<>();
        List<Path> tables = tables();
        long bytes = 0;
        for (Path table : tables) {
            bytes += Files.size(table);
        }

        try (LogReader reader = LogReader.open(copy)) {
            assertThat(reader.checkTables(damage::add)).isEqualTo(new LogReader.Tables(tables.size(), bytes));
        }

        assertThat(damage).isEmpty();
        assertThat(tables).as("tables of events, indexes, tokens and others").hasSizeGreaterThan(3);
    }

    @Test
    void a_changed_byte_is_found_wherever_it_is() throws IOException {
        for (Path table : tables()) {
            for (long at = 0; at < Files.size(table); at += STEP) {
                flip(table, at);
                assertThat(found(table)).as("%s, byte %d", table, at).isTrue();
                flip(table, at);
            }
        }
    }

    /** Damage is reported with the file's name, or the log cannot be opened at all. */
    private boolean found(Path table) {
        List<String> damage = new ArrayList<>();
        try (LogReader reader = LogReader.open(copy)) {
            reader.checkTables(damage::add);
        } catch (StoreException e) {
            return true;
        }
        return damage.size() == 1
                && damage.getFirst().contains(table.getFileName().toString());
    }

    @Test
    void damage_of_one_file_does_not_hide_that_of_another() throws IOException {
        List<Path> tables = tables();
        flip(tables.getFirst(), 5);
        flip(tables.getLast(), 5);
        List<String> damage = new ArrayList<>();

        try (LogReader reader = LogReader.open(copy)) {
            reader.checkTables(damage::add);
        }

        assertThat(damage)
                .hasSize(2)
                .anyMatch(each -> each.contains(tables.getFirst().getFileName().toString()))
                .anyMatch(each -> each.contains(tables.getLast().getFileName().toString()));
    }

    private List<Path> tables() throws IOException {
        try (Stream<Path> files = Files.list(copy)) {
            return files.filter(file -> file.toString().endsWith(".sst"))
                    .sorted()
                    .toList();
        }
    }

    private static void flip(Path file, long at) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(at);
            int before = bytes.read();
            bytes.seek(at);
            bytes.write(before ^ 1);
        }
    }
}
