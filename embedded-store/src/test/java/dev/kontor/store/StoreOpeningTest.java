package dev.kontor.store;

import static dev.kontor.store.StoreSetup.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** A store that cannot be opened states the reason in a sentence, and the attempt loses nothing. */
class StoreOpeningTest {

    @TempDir
    Path folder;

    @BeforeEach
    void someEventsInTablesAndSomeInTheLogOfWrites() throws RocksDBException {
        append(0, 10);
        // Opening again moves the content of the write-ahead log to tables.
        append(10, 20);
    }

    private void append(int from, int to) {
        try (StoreSetup setup = new StoreSetup(folder)) {
            for (int i = from; i < to; i++) {
                setup.engine.appendEvents(event("recognisable-" + i, 0));
            }
        }
    }

    private List<Path> files(String pattern) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, pattern)) {
            found.forEach(files::add);
        }
        return files;
    }

    private Path only(String pattern) throws IOException {
        List<Path> files = files(pattern);
        assertThat(files).hasSize(1);
        return files.getFirst();
    }

    private static void flip(Path file, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 1;
        Files.write(file, bytes);
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertRefused() {
        return assertThatThrownBy(() -> EmbeddedStore.open(folder))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(folder.toString());
    }

    private void assertAllAreThere() {
        try (StoreSetup setup = new StoreSetup(folder)) {
            assertThat(setup.log()).hasSize(20);
        }
    }

    @Test
    void a_file_instead_of_a_folder_is_refused() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> EmbeddedStore.open(file))
                .isInstanceOf(StoreException.class)
                .hasMessage(file + " is a file, and the event store needs a folder");
    }

    @Test
    void a_folder_that_cannot_be_written_is_refused() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            assumeFalse(Files.isWritable(folder), "root may write everywhere");
            assertRefused().hasMessageContaining("cannot be written by user");
        } finally {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        assertAllAreThere();
    }

    @Test
    void what_the_system_forbids_is_said_to_be_forbidden() {
        for (String reason : List.of("Permission denied", "Read-only file system")) {
            RocksDBException denied = new RocksDBException("While open a file for appending: x/LOCK: " + reason);
            assertThat(OpenFailure.opening("event store", folder, denied))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("cannot be written by user");
        }
        Status full = new Status(Status.Code.IOError, Status.SubCode.NoSpace, "While mkdir");
        assertThat(OpenFailure.opening("event store", folder, new RocksDBException(full)))
                .hasMessageContaining("no space left on the disk");
    }

    @Test
    void another_database_is_not_taken_for_a_store() throws Exception {
        Path other = folder.resolve("other");
        try (var options = new org.rocksdb.Options().setCreateIfMissing(true);
                var database = org.rocksdb.RocksDB.open(options, other.toString());
                var column = database.createColumnFamily(
                        new org.rocksdb.ColumnFamilyDescriptor(KeyEncoding.text("documents")))) {
            database.put(column, new byte[1], new byte[1]);
        }
        assertThatThrownBy(() -> EmbeddedStore.open(other))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("another database");
    }

    @Test
    void without_its_main_file_a_store_is_not_replaced_by_an_empty_one() throws Exception {
        Path current = folder.resolve("CURRENT");
        byte[] content = Files.readAllBytes(current);
        Files.delete(current);
        for (Path writes : files("*.log")) {
            Files.move(writes, Path.of(writes + ".aside"));
        }

        assertRefused().hasMessageContaining("CURRENT is missing");

        Files.write(current, content);
        for (Path writes : files("*.aside")) {
            Files.move(writes, Path.of(writes.toString().replace(".aside", "")));
        }
        assertAllAreThere();
    }

    @Test
    void damaged_files_are_named() throws Exception {
        Path current = folder.resolve("CURRENT");
        byte[] content = Files.readAllBytes(current);
        Files.write(current, new byte[] {1, 2, 3});
        assertRefused().hasMessageContaining("is damaged").hasMessageContaining("CURRENT");
        Files.write(current, "MANIFEST-999999\n".getBytes(StandardCharsets.UTF_8));
        assertRefused().hasMessageContaining("is damaged").hasMessageContaining("MANIFEST-999999");
        Files.write(current, content);

        Path manifest = only("MANIFEST-*");
        int middle = (int) Files.size(manifest) / 2;
        flip(manifest, middle);
        assertRefused().hasMessageContaining("is damaged").hasMessageContaining("MANIFEST");
        flip(manifest, middle);

        for (Path table : files("*.sst")) {
            byte[] whole = Files.readAllBytes(table);
            Files.write(table, Arrays.copyOf(whole, 100));
            assertRefused()
                    .hasMessageContaining("is damaged")
                    .hasMessageContaining(table.getFileName().toString());
            Files.write(table, whole);
        }
        assertAllAreThere();
    }

    @Test
    void readers_name_the_damaged_file_that_lists_the_others() throws Exception {
        Path current = folder.resolve("CURRENT");
        byte[] content = Files.readAllBytes(current);
        Files.write(current, new byte[] {1, 2, 3});
        assertReaderRefused(folder).hasMessageContaining("is damaged").hasMessageContaining("CURRENT");
        Files.write(current, "MANIFEST-999999\n".getBytes(StandardCharsets.UTF_8));
        assertReaderRefused(folder).hasMessageContaining("is damaged").hasMessageContaining("MANIFEST-999999");
        Files.write(current, content);

        Path manifest = only("MANIFEST-*");
        flip(manifest, (int) Files.size(manifest) / 2);
        assertReaderRefused(folder).hasMessageContaining("is damaged").hasMessageContaining("MANIFEST");
    }

    @Test
    void readers_refuse_a_database_without_a_log(@TempDir Path begun) throws Exception {
        try (Options options = new Options().setCreateIfMissing(true);
                RocksDB database = RocksDB.open(options, begun.toString())) {
            database.put(new byte[1], new byte[1]);
        }

        assertReaderRefused(begun).hasMessageContaining("contains no log");
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertReaderRefused(Path folder) {
        return assertThatThrownBy(() -> LogReader.open(folder))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(folder.toString());
    }

    @Test
    void a_damaged_write_is_named_with_file_and_byte_and_can_be_given_up_by_hand() throws Exception {
        Path writes = only("*.log");
        byte[] bytes = Files.readAllBytes(writes);
        int inLastWrite = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("recognisable-19");
        flip(writes, inLastWrite);

        WriteLog looked = WriteLog.in(folder).getFirst();
        assertThat(looked.isDamaged()).isTrue();
        assertThat(looked.damagedAt()).isLessThan(inLastWrite).isEqualTo(looked.wholeUpTo());
        assertRefused()
                .hasMessageContaining(writes.getFileName() + " is damaged in the write at byte " + looked.damagedAt())
                .hasMessageContaining("truncate -s " + looked.damagedAt());

        Files.write(writes, Arrays.copyOf(Files.readAllBytes(writes), (int) looked.damagedAt()));
        try (StoreSetup setup = new StoreSetup(folder)) {
            assertThat(setup.log()).hasSize(19);
        }
    }

    @Test
    void a_write_is_found_torn_wherever_it_is_cut() throws Exception {
        try (StoreSetup setup = new StoreSetup(folder)) {
            setup.append("x".repeat(100_000));
        }
        Path writes = only("*.log");
        byte[] whole = Files.readAllBytes(writes);
        WriteLog uncut = WriteLog.in(folder).getFirst();
        assertThat(uncut.tornBytes()).isZero();
        assertThat(uncut.wholeUpTo()).isEqualTo(whole.length);
        assertThat(whole.length).isGreaterThan(3 * 32_768);

        for (int length : new int[] {1, 6, 7, 20, 32_768, 32_770, 40_000, 65_536, whole.length - 1}) {
            Files.write(writes, Arrays.copyOf(whole, length));
            WriteLog cut = WriteLog.in(folder).getFirst();
            assertThat(cut.isDamaged()).as("cut at %d", length).isFalse();
            assertThat(cut.tornBytes()).as("cut at %d", length).isEqualTo(length - cut.wholeUpTo());
            assertThat(cut.tornBytes()).isPositive();
        }
        // Preallocated space that was never written.
        Files.write(writes, Arrays.copyOf(whole, whole.length + 70_000));
        assertThat(WriteLog.in(folder).getFirst().isDamaged()).isFalse();
        assertThat(WriteLog.in(folder).getFirst().tornBytes()).isZero();
    }
}
