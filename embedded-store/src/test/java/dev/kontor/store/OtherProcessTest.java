package dev.kontor.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.File;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;

@Timeout(60)
class OtherProcessTest {

    private static final int CYCLES = 3;
    private static final int ACKNOWLEDGED_PER_CYCLE = 300;

    @TempDir
    Path folder;

    private Process appending(String run) throws Exception {
        String java = ProcessHandle.current().info().command().orElseThrow();
        return new ProcessBuilder(
                        java,
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AppendingUntilKilled.class.getName(),
                        folder.toString(),
                        run)
                .redirectError(new File(folder.toFile().getParentFile(), folder.getFileName() + ".err"))
                .start();
    }

    /** Only complete lines: the kill may have cut the last one. */
    private static String nextAcknowledged(BufferedReader lines) throws Exception {
        String line = lines.readLine();
        while (line != null && !line.matches("run\\d+-\\d+#\\d+")) {
            line = lines.readLine();
        }
        return line;
    }

    @Test
    void what_a_killed_process_had_acknowledged_is_in_the_log_without_a_gap_and_the_chain_holds() throws Exception {
        Set<String> acknowledged = new LinkedHashSet<>();
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            Process process = appending("run" + cycle);
            try (BufferedReader lines = process.inputReader()) {
                for (int i = 0; i < ACKNOWLEDGED_PER_CYCLE; i++) {
                    String line = nextAcknowledged(lines);
                    assertThat(line).as("the other process goes on").isNotNull();
                    acknowledged.add(line);
                }
                // By its handle: the process object would close the pipe with its remaining content.
                process.toHandle().destroyForcibly();
                // Printed before the kill, so it counts; a last line without its end does not.
                StringBuilder rest = new StringBuilder();
                for (int c = lines.read(); c >= 0; c = lines.read()) {
                    rest.append((char) c);
                }
                rest.substring(0, rest.lastIndexOf("\n") + 1).lines().forEach(acknowledged::add);
            } finally {
                process.destroyForcibly();
            }
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as("killed, not ended").isNotZero();

            assertIsWhole(acknowledged);
        }
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(CYCLES * ACKNOWLEDGED_PER_CYCLE);
    }

    private void assertIsWhole(Set<String> acknowledged) throws RocksDBException {
        try (StoreSetup setup = new StoreSetup(folder)) {
            List<? extends TrackedEventMessage<?>> log = setup.log();
            assertThat(StoreSetup.positions(log))
                    .containsExactlyElementsOf(LongStream.rangeClosed(0, setup.store.head())
                            .boxed()
                            .toList());
            assertThat(StoreSetup.texts(log)).containsAll(acknowledged).doesNotHaveDuplicates();

            Map<String, Long> lastOf = new HashMap<>();
            for (TrackedEventMessage<?> event : log) {
                DomainEventMessage<?> ofAggregate = (DomainEventMessage<?>) event;
                Long before = lastOf.put(ofAggregate.getAggregateIdentifier(), ofAggregate.getSequenceNumber());
                assertThat(ofAggregate.getSequenceNumber()).isEqualTo(before == null ? 0 : before + 1);
            }
            lastOf.forEach((aggregate, last) -> {
                assertThat(setup.engine.lastSequenceNumberFor(aggregate)).contains(last);
                assertThat(setup.store.column("counts").get(aggregate))
                        .as("the row that was written with the last event")
                        .contains(KeyEncoding.position(last));
            });
        }
        assertChainHolds();
    }

    /** Decodes the format with its own code, from the first record to the last. */
    private void assertChainHolds() throws RocksDBException {
        try (Database database = Database.open(folder);
                var events = database.rocks().newIterator(database.columns().events())) {
            int chain = 0;
            long position = 0;
            for (events.seekToFirst(); events.isValid(); events.next(), position++) {
                byte[] stored = events.value();
                chain = EventRecord.chain(stored.clone(), chain, position);
                assertThat(EventRecord.chainOf(stored))
                        .as("chain at %d", position)
                        .isEqualTo(chain);
            }
            assertThat(position).isPositive();
        }
    }

    @Test
    void a_folder_that_another_process_has_open_is_refused() throws Exception {
        Process process = appending("run0");
        try (BufferedReader lines = process.inputReader()) {
            assertThat(nextAcknowledged(lines)).isNotNull();

            assertThatThrownBy(() -> EmbeddedStore.open(folder))
                    .isInstanceOf(StoreInUseException.class)
                    .hasMessageContaining(folder.toString())
                    .hasMessageContaining("in use");
            assertThat(EmbeddedStore.isInUse(folder)).isTrue();
            assertThat(nextAcknowledged(lines)).as("the other one goes on").isNotNull();
        } finally {
            process.destroyForcibly();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(EmbeddedStore.isInUse(folder)).as("in use by the dead").isFalse();
        try (StoreSetup setup = new StoreSetup(folder)) {
            assertThat(setup.log()).isNotEmpty();
            assertThat(EmbeddedStore.isInUse(folder)).as("in use by ourselves").isTrue();
            Process other = appending("run1");
            assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(other.exitValue())
                    .as("looking has not given the folder away")
                    .isNotZero();
        }
        assertThat(EmbeddedStore.isInUse(folder)).isFalse();
    }
}
