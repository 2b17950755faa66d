package dev.kontor.standalone.operations;

import dev.kontor.query.platform.LocalView;
import dev.kontor.standalone.platform.DataFolder;
import dev.kontor.standalone.platform.Folders;
import dev.kontor.store.EmbeddedStore;
import dev.kontor.store.LogReader;
import dev.kontor.store.PrivateFiles;
import dev.kontor.store.StoreException;
import dev.kontor.store.Vault;
import dev.kontor.store.documents.ViewFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes copies of log and views as of one moment, while they are written to. A copy takes no space at first, because it
 * has links to the same files; but the space of deleted data is free only after the copy is removed.
 */
public final class Checkpoints {

    /** Bounded, because forgotten copies would fill the disk and stop the log. */
    static final int AT_MOST = 8;

    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final String UNFINISHED = ".new";

    private final DataFolder data;
    private final EmbeddedStore store;
    private final ViewFiles views;
    private final LocalView index;
    private final Vault vault;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /**
     * Removes the copies of earlier processes.
     *
     * @param views null if no caller needs views
     * @param index null if no caller needs the search index
     * @param vault null if no caller needs keys
     */
    public Checkpoints(DataFolder data, EmbeddedStore store, ViewFiles views, LocalView index, Vault vault, Clock clock)
            throws IOException {
        this.data = data;
        this.store = store;
        this.views = views;
        this.index = index;
        this.vault = vault;
        this.clock = clock;
        Folders.delete(data.checkpoints());
    }

    /**
     * A finished copy.
     *
     * @param folder has {@code log}, {@code views} and {@code search} if there are any, and {@code keys} if they were
     *     asked for
     * @param events the number of events in it
     */
    public record Made(Path folder, long events) {}

    /**
     * Makes a copy. A failure leaves nothing of it.
     *
     * @param withKeys the key ring too
     * @throws TooMany if the largest number of copies exists
     * @throws StoreException if log or keys cannot be copied
     * @throws IOException if the folder cannot be used
     */
    public synchronized Made create(boolean withKeys) throws IOException {
        PrivateFiles.createFolderAlone(data.checkpoints());
        List<Path> others = others();
        if (others.size() >= AT_MOST) {
            throw new TooMany(data.checkpoints());
        }
        for (Path other : others) {
            // A caller that asked for keys has copied them by now or has failed.
            Folders.delete(other.resolve("keys"));
        }
        String name = newName();
        Path unfinished = Files.createDirectory(data.checkpoints().resolve(name + UNFINISHED));
        try {
            if (views != null) {
                // Before the log, so that the views are never ahead of it.
                views.checkpoint(unfinished.resolve("views"));
            }
            if (index != null) {
                index.checkpoint(unfinished.resolve("search"));
            }
            Path copy = unfinished.resolve("log");
            store.checkpoint(copy);
            if (withKeys) {
                // After the log: a key exists before any data that it seals.
                vault.copy(unfinished.resolve("keys"));
            }
            Made made = new Made(data.checkpoints().resolve(name), eventsIn(copy));
            Files.move(unfinished, made.folder());
            return made;
        } catch (IOException | RuntimeException e) {
            try {
                Folders.delete(unfinished);
            } catch (IOException left) {
                e.addSuppressed(left);
            }
            throw e;
        }
    }

    private String newName() {
        byte[] suffix = new byte[4];
        random.nextBytes(suffix);
        return NAME.format(clock.instant()) + "-" + HexFormat.of().formatHex(suffix);
    }

    private List<Path> others() throws IOException {
        try (Stream<Path> present = Files.list(data.checkpoints())) {
            return present.toList();
        }
    }

    private static long eventsIn(Path store) {
        try (LogReader log = LogReader.open(store)) {
            return log.head() + 1;
        }
    }

    /** The largest number of copies exists. */
    public static final class TooMany extends RuntimeException {
        TooMany(Path folder) {
            super("There are %d checkpoints already in %s. Remove those that are no longer needed"
                    .formatted(AT_MOST, folder));
        }
    }
}
