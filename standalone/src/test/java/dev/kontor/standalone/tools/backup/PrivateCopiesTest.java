package dev.kontor.standalone.tools.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.platform.DataFolder;
import dev.kontor.standalone.tools.ToolOutput;
import dev.kontor.standalone.tools.transfer.ExportTool;
import dev.kontor.standalone.tools.transfer.ImportTool;
import dev.kontor.standalone.tools.transfer.LogSetup;
import dev.kontor.store.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data folders, backups and exports are for their owner alone: folders 0700, files in them 0600. */
class PrivateCopiesTest {

    @TempDir
    private Path folder;

    private DataFolder data;

    @BeforeEach
    void shop() {
        data = LogSetup.log(folder.resolve("data"), 30);
        try (Vault keys = Vault.open(data.keys())) {
            keys.putIfAbsent("anna", new byte[] {1, 2, 3});
        }
    }

    private static List<String> openToOthers(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.map(path -> permissions(path) + " " + root.relativize(path))
                    .filter(line -> !line.startsWith("rw------- ") && !line.startsWith("rwx------ "))
                    .toList();
        }
    }

    private static String permissions(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void open(Path path) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    @Test
    void a_backup_is_private_also_in_a_folder_that_was_open() throws IOException {
        Path backups = Files.createDirectory(folder.resolve("backups"));
        open(backups);
        ToolOutput.by(new BackupTool(), backups, "--data", data.root());

        assertThat(openToOthers(backups)).isEmpty();
        assertThat(new BackupFolder(backups).backups()).hasSize(1);
    }

    @Test
    void a_restored_folder_is_private() throws IOException {
        Path backups = folder.resolve("backups");
        ToolOutput.by(new BackupTool(), backups, "--data", data.root());
        Path target = Files.createDirectory(folder.resolve("target"));
        open(target);
        ToolOutput.by(new RestoreTool(), backups, "--data", target);

        assertThat(openToOthers(target)).isEmpty();
        assertThat(target.resolve("log/CURRENT")).exists();
    }

    @Test
    void an_export_is_private_also_one_that_goes_on() throws IOException {
        Path file = folder.resolve("log.jsonl.gz");
        Path part = Files.createFile(folder.resolve("log.jsonl.gz.part"));
        Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rw-r--r--"));
        ToolOutput.by(new ExportTool(), file, "--data", data.root());

        assertThat(permissions(file)).isEqualTo("rw-------");
    }

    @Test
    void an_imported_folder_is_private() throws IOException {
        Path file = folder.resolve("log.jsonl.gz");
        ToolOutput.by(new ExportTool(), file, "--data", data.root());
        Path target = Files.createDirectory(folder.resolve("target"));
        open(target);
        ToolOutput.by(new ImportTool(), file, "--data", target);

        assertThat(permissions(target)).isEqualTo("rwx------");
        assertThat(permissions(target.resolve("log"))).isEqualTo("rwx------");
    }

    @Test
    void a_data_folder_that_was_open_is_closed() throws IOException {
        open(data.root());
        data.create();

        assertThat(permissions(data.root())).isEqualTo("rwx------");
    }

    @Test
    void a_folder_that_others_use_too_stays_open_to_them() throws IOException {
        Files.createFile(data.root().resolve("letters.txt"));
        open(data.root());
        data.create();

        assertThat(permissions(data.root())).isEqualTo("rwxrwxrwx");
    }
}
