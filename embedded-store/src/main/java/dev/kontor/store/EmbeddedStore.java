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
 * The database of the standalone process: the event log, its indexes, and the data beside it (snapshots, tokens, sagas,
 * named columns), each in a column family.
 *
 * <p>Events have positions 0, 1, 2 … without a gap, in the order in which they became durable. The writes of one unit
 * of work are atomic. Safe for many threads; one process at a time.
 */
public final class EmbeddedStore implements AutoCloseable {

    private final Database database;
    private final ColumnFamilies columns;
    private final RecentEvents tail;
    private final GroupCommitter committer;
    private final Map<String, Column> named = new ConcurrentHashMap<>();
    private final ReentrantReadWriteLock life = new ReentrantReadWriteLock();
    private final String id;
    private boolean closed;

    private EmbeddedStore(Database database, Path folder, StoreListener watcher, DiskSpace space, long waitingBytes)
            throws RocksDBException {
        this.database = database;
        this.columns = database.columns();
        StoreOpening opening = new StoreOpening(database);
        opening.refuseUnfinished(folder);
        LogEnd end = opening.findEnd();
        this.tail = new RecentEvents(end.head());
        CommitQueue waiting =
                new CommitQueue(GroupCommitter.WAITING_AT_MOST, (int) waitingBytes, GroupCommitter.PATIENCE_MILLIS);
        this.committer = new GroupCommitter(database.rocks(), columns, tail, end, watcher, waiting, space);
        this.id = opening.identify();
    }

    /**
     * Opens the store in a folder and creates both if they are missing.
     *
     * @throws StoreInUseException if the store is already open
     * @throws StoreException if it cannot be opened: permissions, disk, damage
     */
    public static EmbeddedStore open(Path folder) {
        return open(folder, StoreListener.NONE);
    }

    /** As {@link #open(Path)}, with a listener that is notified of every group of writes. */
    public static EmbeddedStore open(Path folder, StoreListener watcher) {
        return open(folder, watcher, StoreSettings.DEFAULT);
    }

    /** As {@link #open(Path, StoreListener)}, with other bounds. */
    public static EmbeddedStore open(Path folder, StoreListener watcher, StoreSettings settings) {
        Database database = null;
        try {
            StoreFolder.prepare(folder);
            DiskSpace space = DiskSpace.of(folder, settings.reserveBytes());
            StoreFolder.tellOfTornWrite(folder);
            database = Database.open(folder);
            return new EmbeddedStore(database, folder, watcher, space, settings.waitingBytes());
        } catch (RocksDBException | IOException | RuntimeException e) {
            if (database != null) {
                // Else a store without an owner would keep the folder locked.
                database.close();
            }
            throw switch (e) {
                case RocksDBException refused -> OpenFailure.opening("event store", folder, refused);
                case IOException unusable ->
                    new StoreException("The folder %s cannot be used".formatted(folder), unusable);
                default -> (RuntimeException) e;
            };
        }
    }

    /**
     * Whether this or another process has the store in a folder open; false without a store. Changes nothing.
     *
     * @throws StoreException if the folder cannot be examined
     */
    public static boolean isInUse(Path folder) {
        try {
            return FolderLocks.isHeld(folder);
        } catch (IOException e) {
            throw new StoreException(
                    "Kontor cannot determine whether the event store in %s is in use: %s".formatted(folder, e), e);
        }
    }

    /** Identifies this log and every copy of it; created with the log. */
    public String id() {
        return id;
    }

    /**
     * The chain checksum at a position: two logs with the same one agree in all events up to it.
     *
     * @throws StoreException if there is no event at that position
     */
    public int chainAt(long position) {
        byte[] encoded = get(ColumnFamilies.EVENTS, KeyEncoding.position(position));
        if (encoded == null) {
            throw new StoreException("There is no event at position " + position);
        }
        return EventRecord.chainOf(encoded);
    }

    /**
     * Copies the whole store as of now, by hard links if the file system allows. Writes continue.
     *
     * @param folder must not exist yet; its parent must
     * @throws StoreException if the copy cannot be made
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

    /** Which operations the store allows now. */
    public StoreState state() {
        if (isClosed()) {
            return StoreState.CLOSED;
        }
        if (committer.isStopped() || database.backgroundErrors().isPresent()) {
            return StoreState.STOPPED;
        }
        return committer.space().isShortNow() ? StoreState.FULL : StoreState.OPEN;
    }

    /**
     * The current measurements.
     *
     * @throws StoreException if the store is closed
     */
    public StoreMeasurements measurements() {
        long diskBytes = reading(database::bytes);
        return new StoreMeasurements(
                head(),
                committer.waiting().requests(),
                committer.waiting().bytes(),
                committer.waiting().refused(),
                committer.refusedFull(),
                database.backgroundErrors().count(),
                diskBytes,
                committer.space().usable());
    }

    /**
     * The reads since the store was opened.
     *
     * @throws StoreException if the store is closed
     */
    public StoreReads reads() {
        return reading(() -> database.reads().reads());
    }

    /** A durable map beside the log, created at first use. The same name returns the same column. */
    public Column column(String name) {
        return named.computeIfAbsent(name, missing -> {
            reading(() -> columns.create(ColumnFamilies.PREFIX + missing));
            return new Column(this, ColumnFamilies.PREFIX + missing);
        });
    }

    /** A durable map beside the log, on disk only, created at first use. No other column may have its name. */
    public DiskColumn diskColumn(String name) {
        reading(() -> columns.create(ColumnFamilies.PREFIX + name));
        return new DiskColumn(this, ColumnFamilies.PREFIX + name);
    }

    /** The name of a column in {@link LoggedRow}. */
    public static String columnFamily(String column) {
        return ColumnFamilies.PREFIX + column;
    }

    void write(Consumer<UnitOfWorkWrites> addition) {
        UnitOfWorkWrites.write(committer, addition);
    }

    GroupCommitter committer() {
        return committer;
    }

    RecentEvents tail() {
        return tail;
    }

    interface Reading<T> {
        T read() throws RocksDBException;
    }

    /**
     * Reads while the store cannot be closed: use of a closed RocksDB crashes the JVM. An iterator must be opened and
     * closed inside of the callback.
     *
     * @throws StoreException if the store is closed or cannot be read
     */
    <T> T reading(Reading<T> reading) {
        life.readLock().lock();
        try {
            if (closed) {
                throw new StoreException("The event store is closed");
            }
            return reading.read();
        } catch (RocksDBException e) {
            throw new StoreException("The event store cannot be read: " + e.getMessage(), e);
        } finally {
            life.readLock().unlock();
        }
    }

    byte[] get(String column, byte[] key) {
        return reading(() -> database.rocks().get(columns.named(column), key));
    }

    /** Call only inside of {@link #reading}. */
    RocksIterator iterate(String column) {
        return database.rocks().newIterator(columns.named(column));
    }

    /** Reads every row of a column at this moment. */
    void readAll(String column, BiConsumer<String, byte[]> reader) {
        reading(() -> {
            try (RocksIterator rows = iterate(column)) {
                for (rows.seekToFirst(); rows.isValid(); rows.next()) {
                    reader.accept(KeyEncoding.text(rows.key()), rows.value());
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
