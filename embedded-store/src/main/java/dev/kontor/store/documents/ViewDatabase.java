package dev.kontor.store.documents;

import dev.kontor.store.ReadStatistics;
import dev.kontor.store.StoreReads;
import dev.kontor.store.TableSettings;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.rocksdb.BloomFilter;
import org.rocksdb.Checkpoint;
import org.rocksdb.CompressionType;
import org.rocksdb.FlushOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.PerfContext;
import org.rocksdb.PerfLevel;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;
import org.rocksdb.Status;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteBufferManager;
import org.rocksdb.WriteOptions;

/**
 * The RocksDB of the views. Writes are not synced: after a kill everything is there; after a power cut, a prefix of
 * what was written. This requires one column family and one order of writes.
 *
 * <p>A damaged row is never reported as missing: the read fails, and {@link ViewFiles} is notified. Safe for many
 * threads.
 */
final class ViewDatabase implements AutoCloseable {

    /** Contains blocks, their indexes and filters, and the write buffers. */
    private static final long CACHE_BYTES = 64L << 20;

    private static final long WRITE_BUFFERS_BYTES = 32L << 20;
    private static final long WRITE_BUFFER_BYTES = 16L << 20;
    /** Written back steadily, so that the event store's sync never waits for a large amount of view data. */
    private static final long WRITE_BACK_BYTES = 1L << 20;

    private final Deque<AutoCloseable> natives = new ArrayDeque<>();
    private final ReentrantReadWriteLock life = new ReentrantReadWriteLock();
    private final Compactor compactor = new Compactor();
    private final Consumer<String> onDamage;
    private final ReadStatistics reads = new ReadStatistics();
    private final RocksDB rocks;
    private final WriteOptions unsynced;
    /** The number of rows read. */
    private final LongAdder visits = new LongAdder();

    private boolean closed;

    static {
        RocksDB.loadLibrary();
    }

    /**
     * @param onDamage receives a description of what can no longer be read
     * @throws StoreInUseException if it is already open
     */
    static ViewDatabase open(Path folder, Consumer<String> onDamage) throws RocksDBException {
        return new ViewDatabase(folder, false, onDamage);
    }

    /** Opens a folder without a writer and does not change it. */
    static ViewDatabase readOnly(Path folder) throws RocksDBException {
        return new ViewDatabase(folder, true, what -> {});
    }

    private ViewDatabase(Path folder, boolean readOnly, Consumer<String> onDamage) throws RocksDBException {
        this.onDamage = onDamage;
        own(reads);
        try {
            LRUCache cache = own(TableSettings.cache(CACHE_BYTES));
            Options options = own(new Options()
                    .setCreateIfMissing(true)
                    .setTableFormatConfig(TableSettings.tables(cache, own(new BloomFilter(10))))
                    .setCompressionType(CompressionType.LZ4_COMPRESSION)
                    .setWriteBufferSize(WRITE_BUFFER_BYTES)
                    .setWriteBufferManager(own(new WriteBufferManager(WRITE_BUFFERS_BYTES, cache)))
                    // Ends the write-ahead log where it is damaged: later events are read from the event log again.
                    .setWalRecoveryMode(WALRecoveryMode.PointInTimeRecovery)
                    .setBytesPerSync(WRITE_BACK_BYTES)
                    .setWalBytesPerSync(WRITE_BACK_BYTES)
                    .setMaxBackgroundJobs(2)
                    .setStatistics(reads.statistics())
                    .setKeepLogFileNum(2));
            this.unsynced = own(new WriteOptions().setSync(false));
            this.rocks = own(
                    readOnly
                            ? RocksDB.openReadOnly(options, folder.toString())
                            : RocksDB.open(options, folder.toString()));
        } catch (RocksDBException | RuntimeException e) {
            release();
            throw e;
        }
    }

    private <T extends AutoCloseable> T own(T part) {
        natives.addFirst(part);
        return part;
    }

    private interface Use<T> {
        T use() throws RocksDBException;
    }

    /** Use of a closed RocksDB crashes the JVM. */
    private <T> T use(String what, Use<T> use) {
        life.readLock().lock();
        try {
            if (closed) {
                throw new ViewFilesException("The views are closed");
            }
            return use.use();
        } catch (RocksDBException e) {
            if (isDamage(e, what)) {
                onDamage.accept(e.getMessage());
            }
            throw new ViewFilesException("The views cannot be %s: %s".formatted(what, e.getMessage()), e);
        } finally {
            life.readLock().unlock();
        }
    }

    /** A failed read means damage. A failed write may be a full disk, which is temporary. */
    private static boolean isDamage(RocksDBException e, String what) {
        Status.Code code = e.getStatus() == null ? null : e.getStatus().getCode();
        return code == Status.Code.Corruption || code == Status.Code.IOError && what.equals("read");
    }

    /** Null if there is none. */
    byte[] get(byte[] key) {
        return use("read", () -> {
            visits.increment();
            return rocks.get(key);
        });
    }

    /** Reads rows as of the beginning of the walk. */
    interface Lookup {

        /** Null if there is none. */
        byte[] get(byte[] key);
    }

    interface Visitor {

        /** @return whether another row is wanted */
        boolean visit(byte[] key, byte[] value, Lookup sameMoment);
    }

    /**
     * Passes the rows of one moment in a key range, the end exclusive, in either order, until the visitor wants no
     * more.
     *
     * @return whether the visitor wanted more than there are
     */
    boolean walk(byte[] from, byte[] to, boolean descending, Visitor visitor) {
        return use("read", () -> {
            Snapshot moment = rocks.getSnapshot();
            try (Slice lower = new Slice(from);
                    Slice upper = new Slice(to);
                    ReadOptions within = new ReadOptions()
                            .setSnapshot(moment)
                            .setIterateLowerBound(lower)
                            .setIterateUpperBound(upper);
                    ReadOptions then = new ReadOptions().setSnapshot(moment);
                    RocksIterator rows = rocks.newIterator(within)) {
                Lookup sameMoment = key -> use("read", () -> {
                    visits.increment();
                    return rocks.get(then, key);
                });
                if (descending) {
                    rows.seekToLast();
                } else {
                    rows.seekToFirst();
                }
                while (rows.isValid()) {
                    visits.increment();
                    if (!visitor.visit(rows.key(), rows.value(), sameMoment)) {
                        return false;
                    }
                    if (descending) {
                        rows.prev();
                    } else {
                        rows.next();
                    }
                }
                rows.status();
                return true;
            } finally {
                rocks.releaseSnapshot(moment);
            }
        });
    }

    /** The values of these keys in their order, null if there is none. */
    List<byte[]> getAll(List<byte[]> keys) {
        return use("read", () -> {
            visits.add(keys.size());
            return rocks.multiGetAsList(keys);
        });
    }

    /** Writes the memory to a file: scans then skip what was deleted there. */
    void flush() {
        use("written", () -> {
            try (FlushOptions flush = new FlushOptions().setWaitForFlush(true)) {
                rocks.flush(flush);
            }
            return null;
        });
    }

    /** Does the same as {@link #flush} later, on another thread. */
    void flushSoon() {
        compactor.flush(rocks);
    }

    /** Writes all of the batch or nothing. */
    void write(WriteBatch batch) {
        use("written", () -> {
            rocks.write(unsynced, batch);
            return null;
        });
    }

    void put(byte[] key, byte[] value) {
        use("written", () -> {
            rocks.put(unsynced, key, value);
            return null;
        });
    }

    /** The number of rows that this thread reads during the call, including deleted and overwritten ones. */
    long counting(Runnable reads) {
        return use("read", () -> {
            PerfLevel before = rocks.getPerfLevel();
            rocks.setPerfLevel(PerfLevel.ENABLE_COUNT);
            try {
                PerfContext counts = rocks.getPerfContext();
                counts.reset();
                long visited = visits.sum();
                reads.run();
                return visits.sum()
                        - visited
                        + counts.getInternalKeySkippedCount()
                        + counts.getInternalDeleteSkippedCount();
            } finally {
                rocks.setPerfLevel(before);
            }
        });
    }

    StoreReads reads() {
        return use("read", reads::reads);
    }

    /** Frees the space of rows that were deleted as a range, later and on another thread. */
    void giveBack(byte[] from, byte[] to) {
        use("written", () -> {
            // Files are deleted at once and permanently. The write that allows it must be durable first.
            rocks.flushWal(true);
            rocks.deleteFilesInRanges(rocks.getDefaultColumnFamily(), List.of(from, to), false);
            return null;
        });
        compactor.compact(rocks, from, to);
    }

    void checkpoint(Path folder) {
        use("copied", () -> {
            try (Checkpoint checkpoint = Checkpoint.create(rocks)) {
                checkpoint.createCheckpoint(folder.toString());
                return null;
            }
        });
    }

    /** A second call does nothing. */
    @Override
    public void close() {
        life.writeLock().lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
        } finally {
            life.writeLock().unlock();
        }
        rocks.cancelAllBackgroundWork(false);
        compactor.stop();
        release();
    }

    private void release() {
        compactor.awaitEnd();
        while (!natives.isEmpty()) {
            try {
                natives.removeFirst().close();
            } catch (Exception e) {
                throw new ViewFilesException("A part of RocksDB could not be closed", e);
            }
        }
    }
}
