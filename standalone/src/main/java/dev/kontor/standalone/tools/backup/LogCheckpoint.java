package dev.kontor.standalone.tools.backup;

import dev.kontor.standalone.operations.Checkpoints;
import dev.kontor.standalone.platform.DataFolder;
import dev.kontor.standalone.platform.Folders;
import dev.kontor.standalone.tools.console.ToolException;
import dev.kontor.store.EmbeddedStore;
import dev.kontor.store.LogReader;
import dev.kontor.store.Vault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import tools.jackson.databind.JsonNode;

/**
 * A checkpoint of the log, removed on close. The process that runs on the folder makes it; without one this tool makes
 * it, and no Kontor can start on the folder until close.
 */
public final class LogCheckpoint implements AutoCloseable {

    private static final Duration WITHIN = Duration.ofMinutes(2);

    private final Path folder;
    private final boolean running;
    private final Deque<AutoCloseable> held = new ArrayDeque<>();
    private final Thread cleanUp = new Thread(this::remove);

    /** @param withKeys the key ring too, where there is one */
    public static LogCheckpoint of(DataFolder data, boolean withKeys) throws IOException {
        if (!LogReader.isLog(data.log())) {
            throw new ToolException("There is no log in %s".formatted(data.root()));
        }
        return EmbeddedStore.isInUse(data.log())
                ? new LogCheckpoint(data, asked(data, withKeys))
                : new LogCheckpoint(data, withKeys);
    }

    private static Path asked(DataFolder data, boolean withKeys) throws IOException {
        try (RunningKontor kontor = new RunningKontor(data)) {
            JsonNode made = kontor.post("/admin/checkpoints?keys=" + withKeys, WITHIN);
            Path folder = Path.of(made.path("folder").asString()).toRealPath();
            if (!folder.startsWith(data.checkpoints().toRealPath())) {
                throw new ToolException(
                        "The process that has %s made its copy in another folder: %s".formatted(data.root(), folder));
            }
            return folder;
        }
    }

    private LogCheckpoint(DataFolder data, Path made) {
        this.folder = made;
        this.running = true;
        Runtime.getRuntime().addShutdownHook(cleanUp);
    }

    private LogCheckpoint(DataFolder data, boolean withKeys) throws IOException {
        this.running = false;
        try {
            EmbeddedStore store = hold(EmbeddedStore.open(data.log()));
            boolean keys = withKeys && Files.exists(data.keys());
            Vault vault = keys ? hold(Vault.open(data.keys())) : null;
            this.folder = new Checkpoints(data, store, null, null, vault, Clock.systemUTC())
                    .create(keys)
                    .folder();
            Runtime.getRuntime().addShutdownHook(cleanUp);
        } catch (IOException | RuntimeException e) {
            letGo();
            throw e;
        }
    }

    private <T extends AutoCloseable> T hold(T part) {
        held.addFirst(part);
        return part;
    }

    /** Whether Kontor runs meanwhile. */
    boolean isOfRunning() {
        return running;
    }

    /** Contains the log and what else was copied with it. */
    public Path folder() {
        return folder;
    }

    public Path log() {
        return folder.resolve("log");
    }

    /** Missing where it was not asked for, or there is none. */
    Path keys() {
        return folder.resolve("keys");
    }

    private void remove() {
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("The checkpoint could not be removed; please do: " + folder, e);
        }
    }

    private void letGo() {
        while (!held.isEmpty()) {
            try {
                held.removeFirst().close();
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException("What was read from could not be closed", e);
            }
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(cleanUp);
            remove();
        } finally {
            letGo();
        }
    }
}
