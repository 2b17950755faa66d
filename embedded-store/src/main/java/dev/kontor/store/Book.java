package dev.kontor.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.rocksdb.Checkpoint;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteOptions;

/**
 * The one database of the one JVM: the event log, its indexes, and everything kept beside it (snapshots, tokens, sagas,
 * named columns), each in a column family.
 *
 * <p>Events stand at positions 0, 1, 2 … without a gap, in the order in which they became durable. What one unit of work
 * writes is in the book as a whole or not at all. Safe for many threads; one process at a time.
 */
public final class Book implements AutoCloseable {

    static final String ID = "book-id";
    /** There while a log is put together by a {@link LogWriter}. */
    static final String UNFINISHED = "unfinished";

    private final Database database;
    private final Columns columns;
    private final Tail tail;
    private final Committer committer;
    private final Path folder;
    private final Map<String, Column> named = new ConcurrentHashMap<>();
    private final ReentrantReadWriteLock life = new ReentrantReadWriteLock();
    private final String id;
    private boolean closed;

    private Book(Database database, Path folder, BookWatcher watcher) throws RocksDBException {
        this.database = database;
        this.folder = folder;
        this.columns = database.columns();
        if (database.rocks().get(Keys.text(UNFINISHED)) != null) {
            throw new BookException(
                    "The import into %s was not finished. Run it again: it goes on where it was".formatted(folder));
        }
        long head = -1;
        int chain = 0;
        try (RocksIterator events = database.rocks().newIterator(columns.events())) {
            events.seekToLast();
            // Not being able to see the last event is not the same as having none: the log would be written over.
            events.status();
            if (events.isValid()) {
                head = Keys.position(events.key());
                byte[] last = events.value();
                // What comes next is chained to it, so it has to be whole.
                EventRecord.decode(head, last);
                chain = EventRecord.chainOf(last);
            }
        }
        this.tail = new Tail(head);
        this.committer = new Committer(database.rocks(), columns, tail, head, chain, watcher);
        this.id = identify();
    }

    private String identify() throws RocksDBException {
        byte[] present = database.rocks().get(Keys.text(ID));
        if (present != null) {
            return Keys.text(present);
        }
        String fresh = UUID.randomUUID().toString();
        try (WriteOptions synced = new WriteOptions().setSync(true)) {
            database.rocks().put(synced, Keys.text(ID), Keys.text(fresh));
        }
        return fresh;
    }

    /**
     * Opens the book in a folder, making both where they are missing.
     *
     * @throws BookInUseException where it is open already
     * @throws BookException where it cannot be opened: permissions, disk, damage
     */
    public static Book open(Path folder) {
        return open(folder, BookWatcher.NONE);
    }

    /** As {@link #open(Path)}, with somebody who is told of every group that is written. */
    public static Book open(Path folder, BookWatcher watcher) {
        Path real;
        boolean fresh;
        try {
            real = Files.createDirectories(folder).toRealPath();
            fresh = HeldFolders.hold(real);
        } catch (IOException e) {
            throw new BookException("The folder %s cannot be made".formatted(folder), e);
        }
        Database database = null;
        try {
            database = Database.open(folder);
            return new Book(database, real, watcher);
        } catch (RocksDBException | RuntimeException e) {
            if (database != null) {
                // Else the folder would stay locked by a book that nobody has.
                database.close();
            }
            if (fresh) {
                HeldFolders.release(real);
            }
            throw e instanceof RocksDBException refused
                    ? Refused.opening("book", folder, refused)
                    : (RuntimeException) e;
        }
    }

    /**
     * Whether a process, this one or another, has the book in a folder open. Changes nothing; a folder without a book is
     * not in use.
     *
     * @throws BookException where the folder cannot be looked at
     */
    public static boolean isInUse(Path folder) {
        try {
            return HeldFolders.isHeld(folder);
        } catch (IOException e) {
            throw new BookException("It cannot be seen whether the book in %s is in use: %s".formatted(folder, e), e);
        }
    }

    /** Names this log, and every copy of it; made with it. */
    public String id() {
        return id;
    }

    /**
     * The chain over the log up to a position: two logs that agree in it agree in all before.
     *
     * @throws BookException where there is no event at that position
     */
    public int chainAt(long position) {
        byte[] encoded = get(Columns.EVENTS, Keys.position(position));
        if (encoded == null) {
            throw new BookException("There is no event at position " + position);
        }
        return EventRecord.chainOf(encoded);
    }

    /**
     * A copy of the whole book as it stands now, made of hard links where the file system allows. Writes go on.
     *
     * @param folder must not exist yet; its parent must
     * @throws BookException where it cannot be made
     */
    public void checkpoint(Path folder) {
        reading(() -> {
            try (Checkpoint checkpoint = Checkpoint.create(database.rocks())) {
                checkpoint.createCheckpoint(folder.toString());
                return null;
            }
        });
    }

    /** The position of the last event, -1 while there is none. */
    public long head() {
        return tail.head();
    }

    /** A durable map beside the log, made at first use. The same name answers the same column. */
    public Column column(String name) {
        return named.computeIfAbsent(name, missing -> {
            reading(() -> columns.create(Columns.PREFIX + missing));
            return new Column(this, Columns.PREFIX + missing);
        });
    }

    void write(Consumer<PendingWrites> addition) {
        PendingWrites.write(committer, addition);
    }

    Committer committer() {
        return committer;
    }

    Tail tail() {
        return tail;
    }

    interface Reading<T> {
        T read() throws RocksDBException;
    }

    /**
     * Reads while the book cannot be closed: RocksDB takes the whole JVM with it where it is used after its end. An
     * iterator must be opened and closed in here.
     *
     * @throws BookException where the book is closed or cannot be read
     */
    <T> T reading(Reading<T> reading) {
        life.readLock().lock();
        try {
            if (closed) {
                throw new BookException("The book is closed");
            }
            return reading.read();
        } catch (RocksDBException e) {
            throw new BookException("The book cannot be read: " + e.getMessage(), e);
        } finally {
            life.readLock().unlock();
        }
    }

    byte[] get(String column, byte[] key) {
        return reading(() -> database.rocks().get(columns.named(column), key));
    }

    /** Only inside of {@link #reading}. */
    RocksIterator iterate(String column) {
        return database.rocks().newIterator(columns.named(column));
    }

    /** Every row of a column, as they stand now. */
    void readAll(String column, BiConsumer<String, byte[]> reader) {
        reading(() -> {
            try (RocksIterator rows = iterate(column)) {
                for (rows.seekToFirst(); rows.isValid(); rows.next()) {
                    reader.accept(Keys.text(rows.key()), rows.value());
                }
                rows.status();
            }
            return null;
        });
    }

    boolean isClosed() {
        life.readLock().lock();
        try {
            return closed;
        } finally {
            life.readLock().unlock();
        }
    }

    /** Writes what waits, then closes. A second call does nothing. */
    @Override
    public void close() {
        committer.close();
        life.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                database.close();
                HeldFolders.release(folder);
            }
        } finally {
            life.writeLock().unlock();
        }
    }
}
