package dev.kontor.store.documents;

import dev.kontor.store.EmbeddedStore;
import dev.kontor.store.PrivateFiles;
import dev.kontor.store.StoreInUseException;
import dev.kontor.store.StoreReads;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores the views' documents and tokens in a RocksDB apart from the log.
 *
 * <p>Everything in it can be read from the log again. So a store that cannot be used (damaged, incomplete, of another
 * log, or of another version) is discarded with a logged reason when it is opened. Safe for many threads; one process
 * at a time.
 */
public final class ViewFiles implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ViewFiles.class);

    /** Locked by the process that has the folder open. */
    private static final String LOCK = "IN-USE";
    /** Contains the reason why the store must not be used; exists from its discovery until the store is discarded. */
    static final String CONDEMNED = "THROW-AWAY";
    /** RocksDB's own file, which every store of it has. */
    static final String CURRENT = "CURRENT";

    private final Path folder;
    private final FileChannel lockFile;
    private final boolean fresh;
    private final String logId;
    private volatile ViewDatabase rows;
    private volatile Anchor anchor;
    private volatile String damage;

    /**
     * Opens the views in a folder and creates both if they are missing.
     *
     * @param store the log of the views; must be closed after them
     * @throws StoreInUseException if the folder is already open
     * @throws ViewFilesException if it cannot be used at all: permissions, disk
     */
    public static ViewFiles open(Path folder, EmbeddedStore store) {
        try {
            PrivateFiles.createFolder(folder);
            return new ViewFiles(folder, store);
        } catch (IOException e) {
            throw new ViewFilesException("The folder %s cannot be used: %s".formatted(folder, e), e);
        }
    }

    private ViewFiles(Path folder, EmbeddedStore store) throws IOException {
        this.folder = folder;
        this.logId = store.id();
        this.lockFile = lock(folder);
        try {
            StoreMetadata identity = new StoreMetadata(StoreMetadata.FORMAT, store.id());
            String unfit = openIfFit(store, identity);
            this.fresh = rows == null;
            if (unfit != null) {
                log.warn("views: what is in {} is discarded and read from the log again: {}", folder, unfit);
                condemn(unfit);
                empty();
            }
            if (fresh) {
                begin(store, identity);
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        FileChannel file = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock;
        try {
            lock = file.tryLock();
        } catch (OverlappingFileLockException byThisProcess) {
            lock = null;
        }
        if (lock == null) {
            file.close();
            throw new StoreInUseException(folder, null);
        }
        return file;
    }

    /** Why the store cannot be used; null if it is open now, or if there is none. */
    private String openIfFit(EmbeddedStore store, StoreMetadata expected) throws IOException {
        if (Files.exists(folder.resolve(CONDEMNED))) {
            return Files.readString(folder.resolve(CONDEMNED));
        }
        if (!Files.exists(folder.resolve(CURRENT))) {
            return contents().isEmpty() ? null : "it is incomplete";
        }
        ViewDatabase opened = null;
        String unfit;
        try {
            opened = ViewDatabase.open(folder, this::damaged);
            unfit = StoreMetadata.read(opened).differenceTo(expected);
            if (unfit == null) {
                anchor = Anchor.read(opened, store);
                unfit = anchor.contradiction();
            }
        } catch (RocksDBException | ViewFilesException e) {
            unfit = "it cannot be opened: " + e.getMessage();
        }
        if (unfit == null) {
            rows = opened;
        } else if (opened != null) {
            opened.close();
        }
        return unfit;
    }

    private void begin(EmbeddedStore store, StoreMetadata identity) {
        try {
            rows = ViewDatabase.open(folder, this::damaged);
        } catch (RocksDBException e) {
            throw new ViewFilesException("Views cannot be made in %s: %s".formatted(folder, e.getMessage()), e);
        }
        anchor = new Anchor(rows, store);
        identity.write(rows);
    }

    private List<Path> contents() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(path -> !path.equals(folder) && !path.equals(folder.resolve(LOCK)))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
    }

    /** Deletes everything, the note with the reason last: an interrupted deletion restarts at the next start. */
    private void empty() throws IOException {
        Path note = folder.resolve(CONDEMNED);
        for (Path path : contents()) {
            if (!path.equals(note)) {
                Files.delete(path);
            }
        }
        Files.delete(note);
    }

    private void condemn(String why) throws IOException {
        Files.writeString(folder.resolve(CONDEMNED), why);
    }

    private void damaged(String what) {
        synchronized (this) {
            // During opening, damage leads to discarding at once and needs no note.
            if (rows == null || damage != null) {
                return;
            }
            damage = what;
        }
        log.error("views: {} is damaged; the next start reads it from the log again: {}", folder, what);
        try {
            condemn("it is damaged: " + what);
        } catch (IOException e) {
            log.error("views: the damage cannot be recorded for the next start; delete {} before it", folder, e);
        }
    }

    /** The damage found since opening. Reads of damaged data fail; the next start discards the store. */
    public Optional<String> damage() {
        return Optional.ofNullable(damage);
    }

    /** Whether the store was empty when it was opened, so that all of it has to be read from the log. */
    boolean isFresh() {
        return fresh;
    }

    /**
     * Copies everything as of now, by hard links if the file system allows. Writes continue.
     *
     * @param copy must not exist yet; its parent must
     */
    public void checkpoint(Path copy) {
        rows.checkpoint(copy);
    }

    /**
     * The reads since the views were opened.
     *
     * @throws ViewFilesException if they are closed
     */
    public StoreReads reads() {
        return rows.reads();
    }

    String logId() {
        return logId;
    }

    ViewDatabase rows() {
        return rows;
    }

    /** Writes view data, and the anchor before it, so that the anchor is never behind. */
    void write(WriteBatch batch) {
        anchor.advance();
        rows.write(batch);
    }

    /** Reports stored bytes that cannot be decoded. */
    ViewFilesException unreadable(String what, RuntimeException cause) {
        damaged(what);
        return new ViewFilesException("The views cannot be read: " + what, cause);
    }

    /** A second call does nothing. */
    @Override
    public void close() {
        if (rows != null) {
            rows.close();
        }
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new ViewFilesException("The lock of %s cannot be released".formatted(folder), e);
        }
    }
}
