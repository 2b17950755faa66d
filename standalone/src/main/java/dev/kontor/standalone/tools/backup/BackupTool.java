package dev.kontor.standalone.tools.backup;

import dev.kontor.standalone.platform.DataFolder;
import dev.kontor.standalone.platform.Folders;
import dev.kontor.standalone.tools.backup.Manifest.Entry;
import dev.kontor.standalone.tools.console.Arguments;
import dev.kontor.standalone.tools.console.Tool;
import dev.kontor.standalone.tools.console.ToolConsole;
import dev.kontor.standalone.tools.console.ToolEnvironment;
import dev.kontor.standalone.tools.console.ToolException;
import dev.kontor.standalone.tools.console.ToolOutcome;
import dev.kontor.store.LogReader;
import dev.kontor.store.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Copies log and keys to a folder of backups, and verifies the copy. */
public final class BackupTool implements Tool {

    @Override
    public String name() {
        return "backup";
    }

    @Override
    public String help() {
        return """
                ./kontor backup DIR [--data DIR]

                Copies the present log to DIR/<time>, replaces the keys in DIR/keys by the present ones, and
                verifies the copy from beginning to end. Kontor may run meanwhile. Views are not copied:
                they are read from the log. Nor are master.key and signing.key, without which the keys
                cannot be opened: keep them somewhere else.

                  DIR          a folder for backups alone
                  --data DIR   the data folder   (./data)
                """;
    }

    @Override
    public List<String> operands() {
        return List.of("DIR");
    }

    @Override
    public ToolOutcome run(Arguments arguments, ToolConsole console) throws IOException {
        DataFolder data = arguments.data();
        Path target = arguments.path(0);
        if (target.startsWith(data.root()) || data.root().startsWith(target)) {
            throw new ToolException("Backups in the data folder, or around it, would be lost with it: choose another");
        }
        if (!Files.exists(data.log())) {
            throw new ToolException("There is no log in %s".formatted(data.root()));
        }
        if (!Files.exists(target)) {
            PrivateFiles.createFolder(target);
        }
        BackupFolder backups = new BackupFolder(target.toRealPath());
        if (backups.root().startsWith(data.root().toRealPath())) {
            throw new ToolException("Backups in the data folder would be lost with it: choose another");
        }
        backups.refuseForeign();
        backups.makePrivate();
        FileChannel lock = backups.lock();
        try (LogCheckpoint snapshot = LogCheckpoint.of(data, true)) {
            backups.tidy();
            return backUp(snapshot, backups, console);
        } finally {
            lock.close();
        }
    }

    private static ToolOutcome backUp(LogCheckpoint snapshot, BackupFolder backups, ToolConsole console)
            throws IOException {
        boolean hasKeys = Files.exists(snapshot.keys());
        long size = FolderCopy.sizeOf(snapshot.log()) + (hasKeys ? FolderCopy.sizeOf(snapshot.keys()) : 0);
        FolderCopy.refuseWithoutRoom(backups.root(), size);
        FolderCopy copying = new FolderCopy(console.progress("copying", "bytes", size));
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        String name = backups.nameAt(now);
        Path unfinished = backups.begin(name);
        Manifest manifest;
        try {
            // The keys first: the newest backup must never be a log without its keys.
            if (hasKeys) {
                backups.replaceKeys(snapshot.keys(), copying);
            }
            Path store = unfinished.resolve("log");
            PrivateFiles.createFolder(store);
            manifest = manifest(snapshot, now, copying.copy(snapshot.log(), store));
            manifest.writeInto(unfinished);
            Folders.sync(unfinished);
            LogVerification.verify(store, manifest, console);
        } catch (IOException | RuntimeException e) {
            try {
                Folders.delete(unfinished);
            } catch (IOException left) {
                e.addSuppressed(left);
            }
            throw e;
        }
        Path finished = backups.finish(name);
        console.out()
                .println("master.key and signing.key are not in it (or their environment variables): without them no"
                        + " personal data can be read again. Keep them somewhere else");
        return ToolOutcome.good("Backed up %,d events to %s (%,d bytes, chain %s); read and verified"
                .formatted(manifest.events(), finished, size, manifest.chain()));
    }

    private static Manifest manifest(LogCheckpoint snapshot, Instant now, List<Entry> files) {
        try (LogReader log = LogReader.open(snapshot.log())) {
            return new Manifest(
                    Manifest.FORMAT,
                    Manifest.VERSION,
                    log.id(),
                    log.head() + 1,
                    LogVerification.chainOf(log),
                    ToolEnvironment.version(),
                    now.toString(),
                    files);
        }
    }
}
