package dev.kontor.standalone.tools.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.platform.DataFolder;
import dev.kontor.standalone.platform.Folders;
import dev.kontor.standalone.tools.ToolOutput;
import dev.kontor.standalone.tools.transfer.ExportTool;
import dev.kontor.standalone.tools.transfer.ImportTool;
import dev.kontor.standalone.tools.transfer.LogSetup;
import dev.kontor.standalone.tools.transfer.LogSetup.Content;
import dev.kontor.store.EmbeddedStore;
import dev.kontor.store.Vault;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupRestoreTest {

    private static final byte[] ANNA = random(1);
    private static final byte[] BERT = random(2);

    @TempDir
    Path folder;

    private DataFolder data;
    private Path backups;

    private static byte[] random(int seed) {
        byte[] key = new byte[32];
        new Random(seed).nextBytes(key);
        return key;
    }

    @BeforeEach
    void shop() {
        data = LogSetup.log(folder.resolve("data"), 30);
        backups = folder.resolve("backups");
        withKeys(keys -> {
            keys.putIfAbsent("anna", ANNA);
            keys.putIfAbsent("bert", BERT);
        });
    }

    private void withKeys(Consumer<Vault> use) {
        try (Vault keys = Vault.open(data.keys())) {
            use.accept(keys);
        }
    }

    private ToolOutput backUp() {
        return ToolOutput.by(new BackupTool(), backups, "--data", data.root());
    }

    private DataFolder target() {
        return LogSetup.data(folder.resolve("target"));
    }

    private ToolOutput restore(String... options) {
        return ToolOutput.by(
                new RestoreTool(),
                Stream.concat(Stream.of(backups, "--data", target().root()), Stream.of(options))
                        .toArray());
    }

    private List<Path> backupsThere() throws IOException {
        return new BackupFolder(backups).backups();
    }

    private static boolean isIn(Path root, byte[] bytes) throws IOException {
        String wanted = HexFormat.of().formatHex(bytes);
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (HexFormat.of().formatHex(Files.readAllBytes(file)).contains(wanted)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static byte[] keyIn(DataFolder data, String name) {
        try (Vault keys = Vault.open(data.keys())) {
            return keys.get(name).orElse(null);
        }
    }

    @Test
    void a_restore_has_everything_of_the_backup() {
        ToolOutput backedUp = backUp();
        assertThat(backedUp.exitCode()).as(backedUp.out()).isZero();
        assertThat(backedUp.out()).contains("master.key and signing.key are not in it");

        ToolOutput restored = restore();

        assertThat(restored.exitCode()).as(restored.out()).isZero();
        assertThat(restored.out()).contains("30 events", "put your master.key into", "put your signing.key into");
        assertThat(Content.of(target())).isEqualTo(Content.of(data));
        assertThat(keyIn(target(), "anna")).isEqualTo(ANNA);
        assertThat(target().restoring()).doesNotExist();
        EmbeddedStore.open(target().log()).close();
    }

    @Test
    void each_backup_is_kept_and_the_newest_is_restored_unless_another_is_named() throws Exception {
        backUp();
        ToolOutput.by(
                new ExportTool(),
                folder.resolve("more.gz"),
                "--data",
                LogSetup.log(folder.resolve("more"), 50).root());
        ToolOutput.by(new ImportTool(), folder.resolve("more.gz"), "--data", data.root());
        assertThat(backUp().exitCode()).isZero();
        List<Path> both = backupsThere();
        assertThat(both).hasSize(2);

        assertThat(restore().lastLine()).startsWith("Restored 50 events");
        Folders.delete(target().root());
        assertThat(restore("--backup", both.getLast().getFileName().toString()).lastLine())
                .startsWith("Restored 30 events");
        Folders.delete(target().root());
        ToolOutput unknown = restore("--backup", "20000101-000000");
        assertThat(unknown.exitCode()).isEqualTo(1);
        assertThat(target().root()).doesNotExist();
    }

    @Test
    void a_destroyed_key_is_in_no_backup_after_the_next_one() throws Exception {
        backUp();
        assertThat(isIn(backups, ANNA)).isTrue();
        withKeys(keys -> keys.destroy("anna"));

        backUp();

        assertThat(isIn(backups, ANNA)).isFalse();
        assertThat(isIn(backups, BERT)).isTrue();
        restore("--backup", backupsThere().getLast().getFileName().toString());
        assertThat(keyIn(target(), "anna")).isNull();
        assertThat(keyIn(target(), "bert")).isEqualTo(BERT);
    }

    @Test
    void keys_that_are_there_already_stay() {
        backUp();
        try (Vault today = Vault.open(target().keys())) {
            today.putIfAbsent("bert", BERT);
        }

        ToolOutput told = restore();

        assertThat(told.exitCode()).as(told.out()).isZero();
        assertThat(told.out()).contains("The existing keys in");
        assertThat(keyIn(target(), "anna")).isNull();
    }

    @Test
    void only_its_owner_can_look_into_the_keys_of_a_backup() throws Exception {
        backUp();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backups.resolve("keys"))))
                .isEqualTo("rwx------");
    }

    @Test
    void a_backup_does_not_share_a_file_with_its_source() throws Exception {
        backUp();
        try (Stream<Path> files = Files.walk(backups)) {
            assertThat(files.filter(Files::isRegularFile).toList()).isNotEmpty().allMatch(file -> nlink(file) == 1);
        }
    }

    private static int nlink(Path file) {
        try {
            return (Integer) Files.getAttribute(file, "unix:nlink");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void the_remains_of_a_killed_backup_are_not_a_backup_and_removed_by_the_next() throws Exception {
        backUp();
        Path half = Files.createDirectories(backups.resolve("20990101-000000.new/log"));
        Files.writeString(half.resolve("000001.sst"), "half");
        Files.createDirectory(backups.resolve("keys.part"));

        assertThat(backupsThere()).hasSize(1);
        ToolOutput told = backUp();

        assertThat(told.exitCode()).as(told.out()).isZero();
        assertThat(half).doesNotExist();
        assertThat(backups.resolve("keys.part")).doesNotExist();
    }

    @Test
    void a_backup_that_was_killed_between_old_and_new_keys_has_the_new_ones() throws Exception {
        backUp();
        Files.move(backups.resolve("keys"), backups.resolve("keys.new"));

        restore();
        assertThat(keyIn(target(), "anna")).isEqualTo(ANNA);

        assertThat(backUp().exitCode()).isZero();
        assertThat(backups.resolve("keys.new")).doesNotExist();
        assertThat(backups.resolve("keys")).exists();
    }

    @Test
    void a_damaged_backup_is_refused_and_leaves_no_files() throws Exception {
        backUp();
        Path store = backupsThere().getFirst().resolve("log");
        try (Stream<Path> files = Files.list(store)) {
            for (Path file : files.toList()) {
                byte[] whole = Files.readAllBytes(file);
                if (whole.length == 0) {
                    continue;
                }
                byte[] damaged = whole.clone();
                damaged[whole.length / 2] ^= 1;
                Files.write(file, damaged);

                ToolOutput told = restore();

                assertThat(told.exitCode()).as(file.toString()).isEqualTo(1);
                assertThat(told.lastLine()).contains("The backup is damaged");
                assertThat(target().log()).doesNotExist();
                assertThat(target().keys()).doesNotExist();
                assertThat(target().restoring()).doesNotExist();
                Files.write(file, whole);
            }
        }
        assertThat(restore().exitCode()).isZero();
    }

    @Test
    void a_manifest_that_names_a_file_elsewhere_is_refused() throws Exception {
        backUp();
        Path manifest = backupsThere().getFirst().resolve("manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replaceFirst("\"CURRENT\"", "\"../../keys/CURRENT\""));

        ToolOutput told = restore();

        assertThat(told.exitCode()).isEqualTo(1);
        assertThat(told.lastLine()).contains("A backup has no file");
    }

    @Test
    void an_invalid_manifest_is_named_in_a_sentence() throws Exception {
        backUp();
        Path manifest = backupsThere().getFirst().resolve("manifest.json");
        String noFile = "{\"format\":\"kontor-backup\",\"version\":1,\"files\":[null]}";
        for (byte[] content : new byte[][] {
            {},
            "null".getBytes(StandardCharsets.UTF_8),
            {(byte) 0xff, (byte) 0xfe, 0},
            noFile.getBytes(StandardCharsets.UTF_8)
        }) {
            Files.write(manifest, content);
            isRefusedFor(manifest);
        }
        Files.delete(manifest);
        Files.createDirectory(manifest);
        isRefusedFor(manifest);
    }

    private void isRefusedFor(Path manifest) {
        ToolOutput told = restore();

        assertThat(told.exitCode()).isEqualTo(1);
        assertThat(told.lastLine()).startsWith("restore failed: " + manifest);
        assertThat(told.err()).isEmpty();
    }

    @Test
    void a_restore_that_was_killed_is_run_again() throws Exception {
        backUp();
        restore();
        Content whole = Content.of(target());
        // Killed before the log was moved to its place, and after.
        Folders.delete(target().log());
        Files.createDirectories(target().restoring().resolve("log"));
        assertThat(restore().exitCode()).isZero();
        assertThat(Content.of(target())).isEqualTo(whole);
        Files.createDirectories(target().restoring());

        ToolOutput told = restore();

        assertThat(told.exitCode()).as(told.out()).isZero();
        assertThat(Content.of(target())).isEqualTo(whole);
        assertThat(target().restoring()).doesNotExist();
    }

    @Test
    void only_an_empty_folder_is_restored_into() throws Exception {
        backUp();
        restore();
        ToolOutput again = restore();

        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.lastLine()).contains("is not empty: there is log");
    }

    @Test
    void a_folder_with_other_things_gets_no_backup() throws Exception {
        Files.writeString(Files.createDirectories(backups).resolve("thesis.txt"), "");

        ToolOutput told = backUp();

        assertThat(told.exitCode()).isEqualTo(1);
        assertThat(told.lastLine()).contains("other files in it, such as thesis.txt");
        assertThat(backupsThere()).isEmpty();
    }

    @Test
    void the_data_folder_gets_no_backup() throws Exception {
        for (Path inside : List.of(data.root(), data.root().resolve("backups"), folder)) {
            ToolOutput told = ToolOutput.by(new BackupTool(), inside, "--data", data.root());

            assertThat(told.exitCode()).isEqualTo(1);
            assertThat(told.lastLine()).contains("would be lost with it");
        }
        Files.createSymbolicLink(
                folder.resolve("link"), Files.createDirectory(data.root().resolve("real")));
        assertThat(ToolOutput.by(new BackupTool(), folder.resolve("link"), "--data", data.root())
                        .exitCode())
                .isEqualTo(1);
    }

    @Test
    void without_a_log_there_is_nothing_to_back_up_or_restore() {
        assertThat(ToolOutput.by(new BackupTool(), backups, "--data", folder.resolve("nothing"))
                        .lastLine())
                .contains("There is no log");
        assertThat(backups).doesNotExist();
        assertThat(restore().lastLine()).contains("There is no folder");
    }

    @Test
    void two_simultaneous_backups_do_not_disturb_each_other() throws Exception {
        backUp();
        BackupFolder busy = new BackupFolder(backups);
        try (FileChannel lock = busy.lock()) {
            assertThat(lock.isOpen()).isTrue();
            ToolOutput told = backUp();

            assertThat(told.exitCode()).isEqualTo(1);
            assertThat(told.lastLine()).contains("Another backup");
        }
        assertThat(backUp().exitCode()).isZero();
    }

    @Test
    void two_simultaneous_restores_do_not_disturb_each_other() throws Exception {
        backUp();
        Files.createDirectories(target().restoring().resolve("log"));
        Path lock = target().root().resolve("restoring.lock");
        try (FileChannel busy = OneAtATime.lock(lock, "no other has it")) {
            assertThat(busy.isOpen()).isTrue();
            ToolOutput told = restore();

            assertThat(told.exitCode()).isEqualTo(1);
            assertThat(told.lastLine()).contains("Another restore into " + target().root());
            assertThat(target().restoring().resolve("log")).exists();
        }
        assertThat(restore().exitCode()).isZero();
        assertThat(lock).doesNotExist();
    }

    @Test
    void a_log_with_a_flipped_byte_makes_no_backup() throws Exception {
        backUp();
        Path log;
        try (Stream<Path> files = Files.list(data.log())) {
            log = files.filter(file -> file.toString().endsWith(".sst"))
                    .max(Comparator.comparingLong(file -> file.toFile().length()))
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(log);
        byte[] needle = "number 1".getBytes(StandardCharsets.UTF_8);
        int at =
                new String(bytes, StandardCharsets.ISO_8859_1).indexOf(new String(needle, StandardCharsets.ISO_8859_1));
        bytes[at > 0 ? at : 60] ^= 1;
        Files.write(log, bytes, StandardOpenOption.TRUNCATE_EXISTING);
        int before = backupsThere().size();

        ToolOutput told = backUp();

        assertThat(told.exitCode()).isEqualTo(1);
        assertThat(backupsThere()).hasSize(before);
    }
}
