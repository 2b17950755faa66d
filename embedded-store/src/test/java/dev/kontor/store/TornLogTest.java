package dev.kontor.store;

import static dev.kontor.store.StoreSetup.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data that is only in RocksDB's write-ahead log, because the process ended before a flush. */
class TornLogTest {

    @TempDir
    Path folder;

    @BeforeEach
    void tenEventsEachAcknowledgedByItself() {
        try (StoreSetup setup = new StoreSetup(folder)) {
            for (int i = 0; i < 10; i++) {
                setup.engine.appendEvents(event("recognisable-" + i, 0));
            }
        }
    }

    @Test
    void a_last_write_that_a_kill_cut_short_is_dropped() throws IOException {
        inTheLogOfWrites(bytes -> Arrays.copyOf(bytes, bytes.length - 7));

        try (StoreSetup setup = new StoreSetup(folder)) {
            assertThat(setup.log()).hasSize(9);
            setup.engine.appendEvents(event("recognisable-9", 0));
            assertThat(setup.store.head()).isEqualTo(9);
        }
    }

    @Test
    void what_comes_after_damage_is_not_cut_off_in_silence() throws IOException {
        inTheLogOfWrites(bytes -> {
            byte[] damaged = bytes.clone();
            damaged[new String(bytes, StandardCharsets.ISO_8859_1).indexOf("recognisable-4")] ^= 1;
            return damaged;
        });

        assertThatThrownBy(() -> EmbeddedStore.open(folder))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(folder.toString());
    }

    private void inTheLogOfWrites(UnaryOperator<byte[]> change) throws IOException {
        Path log;
        try (var files = Files.list(folder)) {
            log = files.filter(file -> file.toString().endsWith(".log"))
                    .filter(file -> file.toFile().length() > 0)
                    .reduce((one, other) -> {
                        throw new AssertionError("more than one write-ahead log");
                    })
                    .orElseThrow();
        }
        Files.write(log, change.apply(Files.readAllBytes(log)));
    }
}
