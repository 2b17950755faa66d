package dev.kontor.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.store.documents.ViewFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Other users of the machine can read nothing of a store, even if its folder existed before and was open to them.
 */
class PrivateFilesTest {

    @TempDir
    private Path temporary;

    private Path existing(String permissions) throws IOException {
        Path folder = Files.createDirectory(temporary.resolve("store"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));
        return folder;
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxr-xr-x", "rwxrwxrwx", "rwx--x---"})
    void the_folder_of_a_store_is_its_owners_alone(String before) throws IOException {
        Path folder = existing(before);
        EmbeddedStore.open(folder).close();

        assertThat(permissions(folder)).isEqualTo("rwx------");
    }

    @Test
    void a_new_folder_is_private_and_its_parents_are_as_others_make_them() throws IOException {
        Path folder = temporary.resolve("new").resolve("log");
        EmbeddedStore.open(folder).close();

        assertThat(permissions(folder)).isEqualTo("rwx------");
        assertThat(permissions(folder.getParent()))
                .isEqualTo(permissions(Files.createDirectory(temporary.resolve("other"))));
    }

    @Test
    void files_that_were_there_and_could_be_read_by_others_cannot_any_more() throws IOException {
        Path folder = existing("rwx------");
        Path file = Files.createFile(folder.resolve("000042.sst"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        PrivateFiles.createFolder(folder);

        assertThat(permissions(file)).isEqualTo("rw-------");
    }

    @Test
    void a_log_that_is_imported_the_keys_and_the_views_are_alike() throws IOException {
        Path folder = existing("rwxr-xr-x");
        LogWriter.open(folder).close();
        assertThat(permissions(folder)).isEqualTo("rwx------");

        Path keys = Files.createDirectory(temporary.resolve("keys"));
        Vault.open(keys).close();
        assertThat(permissions(keys)).isEqualTo("rwx------");

        Path views = Files.createDirectory(temporary.resolve("views"));
        try (EmbeddedStore store = EmbeddedStore.open(temporary.resolve("log"))) {
            ViewFiles.open(views, store).close();
        }
        assertThat(permissions(views)).isEqualTo("rwx------");
    }

    @Test
    void a_file_is_private_whether_it_is_new_or_was_there() throws IOException {
        Path there = Files.createFile(temporary.resolve("there"));
        Files.setPosixFilePermissions(there, PosixFilePermissions.fromString("rw-rw-rw-"));
        for (Path file : new Path[] {there, temporary.resolve("new")}) {
            try (FileChannel channel = PrivateFiles.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                assertThat(channel.isOpen()).isTrue();
            }
            assertThat(permissions(file)).isEqualTo("rw-------");
        }
    }

    @Test
    void a_folder_that_is_named_by_a_link_is_private_too() throws IOException {
        Path folder = existing("rwxr-xr-x");
        Path link = Files.createSymbolicLink(temporary.resolve("link"), folder);
        PrivateFiles.createFolderAlone(link);
        assertThat(permissions(folder)).isEqualTo("rwx------");

        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        EmbeddedStore.open(link).close();
        assertThat(permissions(folder)).isEqualTo("rwx------");
    }

    @Test
    void a_link_is_not_followed_to_files_that_are_elsewhere() throws IOException {
        Path elsewhere = Files.createFile(temporary.resolve("elsewhere"));
        Files.setPosixFilePermissions(elsewhere, PosixFilePermissions.fromString("rw-r--r--"));
        Path folder = existing("rwxr-xr-x");
        Files.createSymbolicLink(folder.resolve("link"), elsewhere);
        PrivateFiles.createFolder(folder);

        assertThat(permissions(elsewhere)).isEqualTo("rw-r--r--");
    }
}
