package dev.kontor.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.rocksdb.Checkpoint;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * The one database of the one JVM: the event log, its indexes, and everything kept beside it (snapshots, tokens, sagas,
 * named columns), each in a column family.
 *
 * <p>Events stand at positions 0, 1, 2 … without a gap, in the order in which they became durable. What one unit of work
 * writes is in the book as a whole or not at all. Safe for many threads; one process at a time.
 */
public final class Book implements AutoCloseable {

    private final Database database;
    private final Columns columns;
    private final Tail tail;
    private final Committer committer;
    private final Map<String, Column> named = new ConcurrentHashMap<>();
    private final ReentrantReadWriteLock life = new ReentrantReadWriteLock();
    private final String id;
    private boolean closed;

    private Book(Database database, Path folder, BookWatcher watcher, DiskSpace space, long waitingBytes)
            throws RocksDBException {
        this.database = database;
        this.columns = database.columns();
        Opening opening = new Opening(database);
        opening.refuseUnfinished(folder);
        LogEnd end = opening.findEnd();
        this.tail = new Tail(end.head());
        WaitingWrites waiting =
                new WaitingWrites(Committer.WAITING_AT_MOST, (int) waitingBytes, Committer.PATIENCE_MILLIS);
        this.committer = new Committer(database.rocks(), columns, tail, end, watcher, waiting, space);
        this.id = opening.identify();
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
        return open(folder, watcher, BookSettings.DEFAULT);
    }

    /** As {@link #open(Path, BookWatcher)}, with other bounds. */
    public static Book open(Path folder, BookWatcher watcher, BookSettings settings) {
        Database database = null;
        try {
            BookFolder.prepare(folder);
            DiskSpace space = DiskSpace.of(folder, settings.reserveBytes());
            BookFolder.tellOfTornWrite(folder);
            database = Database.open(folder);
            return new Book(database, folder, watcher, space, settings.waitingBytes());
        } catch (RocksDBException | IOException | RuntimeException e) {
            if (database != null) {
                // Else the folder would stay locked by a book that nobody has.
                database.close();
            }
            throw switch (e) {
                case RocksDBException refused -> Refused.opening("book", folder, refused);
                case IOException unusable ->
                    new BookException("The folder %s cannot be used".formatted(folder), unusable);
                default -> (RuntimeException) e;
            };
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

    /** What can be done with it now. */
    public BookState state() {
        if (isClosed()) {
            return BookState.CLOSED;
        }
        if (committer.isStopped() || database.backgroundErrors().isPresent()) {
            return BookState.STOPPED;
        }
        return committer.space().isShortNow() ? BookState.FULL : BookState.OPEN;
    }

    /**
     * How it stands now.
     *
     * @throws BookException where it is closed
     */
    public BookMeasurements measurements() {
        long diskBytes = reading(database::bytes);
        return new BookMeasurements(
                head(),
                committer.waiting().requests(),
                committer.waiting().bytes(),
                committer.waiting().refused(),
                committer.refusedFull(),
                database.backgroundErrors().count(),
                diskBytes,
                committer.space().usable());
    }

    /** A durable map beside the log, made at first use. The same name answers the same column. */
    public Column column(String name) {
        return named.computeIfAbsent(name, missing -> {
            reading(() -> columns.create(Columns.PREFIX + missing));
            return new Column(this, Columns.PREFIX + missing);
        });
    }

    /** A durable map beside the log that is not in memory, made at first use. Its name is no other column's. */
    public DiskColumn diskColumn(String name) {
        reading(() -> columns.create(Columns.PREFIX + name));
        return new DiskColumn(this, Columns.PREFIX + name);
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
            }
        } finally {
            life.writeLock().unlock();
        }
    }
}
