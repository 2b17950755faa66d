package dev.kontor.standalone.operations;

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
 * Copies of log and views as they stand at one moment, made while they are written to. They take no room at first, being links to
 * the same files; but what they hold is not given back to the disk until they are removed.
 */
public final class Checkpoints {

    /** A disk that fills up with forgotten copies would stop the log itself. */
    static final int AT_MOST = 8;

    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final String UNFINISHED = ".new";

    private final DataFolder data;
    private final EmbeddedStore store;
    private final ViewFiles views;
    private final Vault vault;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /**
     * Removes what earlier runs have left.
     *
     * @param views null where nobody will ask for views
     * @param vault null where nobody will ask for keys
     */
    public Checkpoints(DataFolder data, EmbeddedStore store, ViewFiles views, Vault vault, Clock clock)
            throws IOException {
        this.data = data;
        this.store = store;
        this.views = views;
        this.vault = vault;
        this.clock = clock;
        Folders.delete(data.checkpoints());
    }

    /**
     * A finished copy.
     *
     * @param folder has {@code event store}, {@code views} where there are any, and {@code keys} where they were asked for
     * @param events how many are in it
     */
    public record Made(Path folder, long events) {}

    /**
     * Makes one. On failure nothing of it is left.
     *
     * @param withKeys the key ring too
     * @throws TooMany where so many were made and never removed
     * @throws StoreException where log or keys cannot be copied
     * @throws IOException where the folder cannot be used
     */
    public synchronized Made create(boolean withKeys) throws IOException {
        PrivateFiles.createFolderAlone(data.checkpoints());
        List<Path> others = others();
        if (others.size() >= AT_MOST) {
            throw new TooMany(data.checkpoints());
        }
        for (Path other : others) {
            // Whoever asked for keys has taken them long since, or never will.
            Folders.delete(other.resolve("keys"));
        }
        String name = newName();
        Path unfinished = Files.createDirectory(data.checkpoints().resolve(name + UNFINISHED));
        try {
            if (views != null) {
                // Before the log: so they are never ahead of it.
                views.checkpoint(unfinished.resolve("views"));
            }
            Path copy = unfinished.resolve("log");
            store.checkpoint(copy);
            if (withKeys) {
                // After the log: a key is there before anything that it seals.
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

    /** So many copies are there that no more is made. */
    public static final class TooMany extends RuntimeException {
        TooMany(Path folder) {
            super("There are %d checkpoints already in %s. Remove those that nobody needs any more"
                    .formatted(AT_MOST, folder));
        }
    }
}
