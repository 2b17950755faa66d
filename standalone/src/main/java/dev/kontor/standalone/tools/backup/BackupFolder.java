package dev.kontor.standalone.tools.backup;

import dev.kontor.standalone.platform.Folders;
import dev.kontor.standalone.tools.console.ToolException;
import dev.kontor.store.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder of backups: each log in a folder of its own, named by its time, and one key ring beside them, always the
 * newest. So the next backup removes a destroyed key from all backups, and no old log can be read with it.
 */
final class BackupFolder {

    private static final Pattern BACKUP = Pattern.compile("\\d{8}-\\d{6}(-\\d)?");
    private static final Pattern OURS = Pattern.compile("\\d{8}-\\d{6}(-\\d)?(\\.new)?|keys(\\.new|\\.part)?|\\.lock");
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final String NEW = ".new";

    private final Path root;

    BackupFolder(Path root) {
        this.root = root;
    }

    Path root() {
        return root;
    }

    /** @throws ToolException where the folder has foreign files */
    void refuseForeign() throws IOException {
        for (Path entry : entries()) {
            if (!OURS.matcher(entry.getFileName().toString()).matches()) {
                throw new ToolException("%s has other files in it, such as %s. Backups need a folder of their own"
                        .formatted(root, entry.getFileName()));
            }
        }
    }

    /** A backup contains keys and the whole history: other users of the machine get no access. */
    void makePrivate() throws IOException {
        PrivateFiles.createFolderAlone(root);
    }

    /** Allows one backup at a time, also across processes. */
    FileChannel lock() throws IOException {
        return OneAtATime.lock(root.resolve(".lock"), "Another backup into %s is running".formatted(root));
    }

    /** Completes or removes what a killed backup has left. Call only under the lock. */
    void tidy() throws IOException {
        for (Path entry : entries()) {
            String name = entry.getFileName().toString();
            if (name.equals("keys.part") || name.endsWith(NEW) && !name.equals("keys" + NEW)) {
                Folders.delete(entry);
            }
        }
        if (Files.exists(root.resolve("keys" + NEW))) {
            turnOverKeys();
        }
    }

    private List<Path> entries() throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.toList();
        }
    }

    /** An unused name: the time, and a number where there are several of one second. */
    String nameAt(Instant time) {
        String second = NAME.format(time);
        String name = second;
        for (int number = 2; Files.exists(root.resolve(name)); number++) {
            if (number > 9) {
                throw new ToolException("There are too many backups of this second in %s. Try again".formatted(root));
            }
            name = second + "-" + number;
        }
        return name;
    }

    /** An empty folder for a log that is not a backup yet. */
    Path begin(String name) throws IOException {
        Path unfinished = root.resolve(name + NEW);
        PrivateFiles.createFolder(unfinished);
        return unfinished;
    }

    /** Makes the folder a backup. */
    Path finish(String name) throws IOException {
        Path finished = Files.move(root.resolve(name + NEW), root.resolve(name));
        Folders.sync(root);
        return finished;
    }

    /** Replaces the key ring. A complete one exists at every moment. */
    void replaceKeys(Path keys, FolderCopy copying) throws IOException {
        Path part = root.resolve("keys.part");
        PrivateFiles.createFolder(part);
        copying.copy(keys, part);
        Files.move(part, root.resolve("keys" + NEW));
        Folders.sync(root);
        turnOverKeys();
    }

    private void turnOverKeys() throws IOException {
        Folders.delete(root.resolve("keys"));
        Files.move(root.resolve("keys" + NEW), root.resolve("keys"));
        Folders.sync(root);
    }

    /** The newest key ring; missing where none was ever backed up. */
    Path keys() {
        Path complete = root.resolve("keys" + NEW);
        return Files.exists(complete) ? complete : root.resolve("keys");
    }

    /** All backups, the newest first. */
    List<Path> backups() throws IOException {
        if (!Files.isDirectory(root)) {
            throw new ToolException("There is no folder %s".formatted(root));
        }
        List<Path> backups = new ArrayList<>(entries().stream()
                .filter(entry -> BACKUP.matcher(entry.getFileName().toString()).matches())
                .toList());
        backups.sort(Comparator.comparing((Path backup) -> backup.getFileName().toString())
                .reversed());
        return backups;
    }
}
