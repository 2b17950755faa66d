package dev.kontor.standalone.tools.backup;

import dev.kontor.standalone.platform.DataFolder;
import dev.kontor.standalone.platform.Folders;
import dev.kontor.standalone.tools.console.Arguments;
import dev.kontor.standalone.tools.console.Tool;
import dev.kontor.standalone.tools.console.ToolConsole;
import dev.kontor.standalone.tools.console.ToolException;
import dev.kontor.standalone.tools.console.ToolOutcome;
import dev.kontor.store.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Restores a backup into a data folder. */
public final class RestoreTool implements Tool {

    /** The files that a folder may have before: present keys are newer than a backup's and know who was erased. */
    private static final Set<String> KEYS = Set.of("keys", "master.key", "signing.key");

    private static final String LOCK = "restoring.lock";

    @Override
    public String name() {
        return "restore";
    }

    @Override
    public String help() {
        return """
                ./kontor restore DIR [--backup NAME] [--data DIR]

                Checks a backup in DIR from beginning to end and makes a data folder of it. Keys that are
                in the data folder stay: they are newer than a backup's and know who was erased since. If
                the restore is interrupted, run it again; until it has ended no Kontor starts on the folder.

                  DIR            the folder of backups that ./kontor backup made
                  --backup NAME  which of them   (the newest)
                  --data DIR     a folder that is missing or empty, or has nothing but keys   (./data)
                """;
    }

    @Override
    public List<String> operands() {
        return List.of("DIR");
    }

    @Override
    public Set<String> options() {
        return Set.of("backup");
    }

    @Override
    public ToolOutcome run(Arguments arguments, ToolConsole console) throws IOException {
        DataFolder data = arguments.data();
        BackupFolder backups = new BackupFolder(arguments.path(0));
        Path backup = choose(backups, arguments, console);
        Manifest manifest = Manifest.in(backup);
        data.create();
        // Before the lock file is created: a folder with foreign files stays unchanged.
        refuseOthers(data);
        Path lockFile = data.root().resolve(LOCK);
        FileChannel lock = OneAtATime.lock(lockFile, "Another restore into %s is running".formatted(data.root()));
        boolean keepsKeys = Files.exists(data.keys());
        try {
            restore(data, backups, backup, manifest, console);
        } finally {
            // Before the lock is released: a restore that has opened the file meanwhile then sees that it is gone, and
            // ends.
            Files.deleteIfExists(lockFile);
            lock.close();
        }
        Folders.sync(data.root());

        tellOfKeys(data, keepsKeys, console);
        return ToolOutcome.good(
                "Restored %,d events of %s into %s (chain %s); the first start reads the views from the log"
                        .formatted(manifest.events(), backup.getFileName(), data.root(), manifest.chain()));
    }

    private static void restore(
            DataFolder data, BackupFolder backups, Path backup, Manifest manifest, ToolConsole console)
            throws IOException {
        prepare(data);
        long size = manifest.files().stream().mapToLong(Manifest.Entry::size).sum();
        FolderCopy.refuseWithoutRoom(data.root(), size);
        FolderCopy copying = new FolderCopy(console.progress("copying", "bytes", size));
        PrivateFiles.createFolder(data.restoring());
        try {
            fill(data, backups, backup, manifest, copying, console);
        } catch (IOException | RuntimeException e) {
            try {
                Folders.delete(data.restoring());
            } catch (IOException left) {
                e.addSuppressed(left);
            }
            throw e;
        }
        Folders.delete(data.restoring());
    }

    private static void fill(
            DataFolder data,
            BackupFolder backups,
            Path backup,
            Manifest manifest,
            FolderCopy copying,
            ToolConsole console)
            throws IOException {
        Path store = data.restoring().resolve("log");
        PrivateFiles.createFolder(store);
        copying.copy(backup.resolve("log"), store, manifest.files());
        LogVerification.verify(store, manifest, console);
        if (!Files.exists(data.keys()) && Files.exists(backups.keys())) {
            Path keys = data.restoring().resolve("keys");
            PrivateFiles.createFolder(keys);
            copying.copy(backups.keys(), keys);
            Files.move(keys, data.keys(), StandardCopyOption.ATOMIC_MOVE);
        }
        // Last: a folder with a log is a complete one.
        Files.move(store, data.log(), StandardCopyOption.ATOMIC_MOVE);
        Folders.sync(data.root());
    }

    private static Path choose(BackupFolder backups, Arguments arguments, ToolConsole console) throws IOException {
        List<Path> present = backups.backups();
        if (present.isEmpty()) {
            throw new ToolException("There is no backup in %s".formatted(backups.root()));
        }
        for (Path backup : present) {
            Manifest manifest = Manifest.in(backup);
            console.out().printf("%s  %,d events%n", backup.getFileName(), manifest.events());
        }
        String wanted = arguments
                .option("backup")
                .orElse(present.getFirst().getFileName().toString());
        return present.stream()
                .filter(backup -> backup.getFileName().toString().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new ToolException("There is no backup %s in %s".formatted(wanted, backups.root())));
    }

    /** Removes what a killed restore left. */
    private static void prepare(DataFolder data) throws IOException {
        refuseOthers(data);
        Folders.delete(data.log());
        Folders.delete(data.restoring());
    }

    private static void refuseOthers(DataFolder data) throws IOException {
        Set<String> others = new TreeSet<>();
        try (Stream<Path> present = Files.list(data.root())) {
            present.map(path -> path.getFileName().toString()).forEach(others::add);
        }
        others.removeAll(KEYS);
        others.remove(LOCK);
        if (others.remove(data.restoring().getFileName().toString())) {
            // No Kontor has run on the folder since: a log in it is the restore's own.
            others.remove(data.log().getFileName().toString());
        }
        if (!others.isEmpty()) {
            throw new ToolException("%s is not empty: there is %s. A backup is restored into an empty folder"
                    .formatted(data.root(), String.join(", ", others)));
        }
    }

    private static void tellOfKeys(DataFolder data, boolean keepsKeys, ToolConsole console) {
        if (keepsKeys) {
            console.out().printf("The existing keys in %s stay%n", data.keys());
        } else if (!Files.exists(data.keys())) {
            console.out().printf("The backup has no keys: put the ones you have into %s%n", data.keys());
        }
        for (String file : List.of("master.key", "signing.key")) {
            if (!Files.exists(data.root().resolve(file))) {
                console.out()
                        .printf(
                                "Before the first start put your %s into %s, or its value into the environment%n",
                                file, data.root());
            }
        }
    }
}
