package dev.kontor.store.documents;

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
 * The RocksDB of the views. Writes are not synced: after a kill everything is there, after a power cut what is there is
 * a prefix of what was written. That holds because there is one column family and one order of writes.
 *
 * <p>Damage is never answered with "not there": the read fails, and {@link ViewFiles} hears of it. Safe for many
 * threads.
 */
final class ViewDatabase implements AutoCloseable {

    /** Blocks, their indexes and filters, and the write buffers: all of it is in here. */
    private static final long CACHE_BYTES = 64L << 20;

    private static final long WRITE_BUFFERS_BYTES = 32L << 20;
    private static final long WRITE_BUFFER_BYTES = 16L << 20;
    /** Written back steadily, so that the store's sync never waits behind a heap of ours. */
    private static final long WRITE_BACK_BYTES = 1L << 20;

    private final Deque<AutoCloseable> natives = new ArrayDeque<>();
    private final ReentrantReadWriteLock life = new ReentrantReadWriteLock();
    private final Compactor compactor = new Compactor();
    private final Consumer<String> onDamage;
    private final RocksDB rocks;
    private final WriteOptions unsynced;
    /** Rows that were handed out. */
    private final LongAdder visits = new LongAdder();

    private boolean closed;

    static {
        RocksDB.loadLibrary();
    }

    /**
     * @param onDamage told, in words, of what cannot be read any more
     * @throws StoreInUseException where it is open already
     */
    static ViewDatabase open(Path folder, Consumer<String> onDamage) throws RocksDBException {
        return new ViewDatabase(folder, false, onDamage);
    }

    /** Of a folder that no process writes to, which is left as it is. */
    static ViewDatabase readOnly(Path folder) throws RocksDBException {
        return new ViewDatabase(folder, true, what -> {});
    }

    private ViewDatabase(Path folder, boolean readOnly, Consumer<String> onDamage) throws RocksDBException {
        this.onDamage = onDamage;
        try {
            LRUCache cache = own(TableSettings.cache(CACHE_BYTES));
            Options options = own(new Options()
                    .setCreateIfMissing(true)
                    .setTableFormatConfig(TableSettings.tables(cache, own(new BloomFilter(10))))
                    .setCompressionType(CompressionType.LZ4_COMPRESSION)
                    .setWriteBufferSize(WRITE_BUFFER_BYTES)
                    .setWriteBufferManager(own(new WriteBufferManager(WRITE_BUFFERS_BYTES, cache)))
                    // The write log ends where it is damaged: what follows is read off the store again.
                    .setWalRecoveryMode(WALRecoveryMode.PointInTimeRecovery)
                    .setBytesPerSync(WRITE_BACK_BYTES)
                    .setWalBytesPerSync(WRITE_BACK_BYTES)
                    .setMaxBackgroundJobs(2)
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

    /** RocksDB takes the whole JVM with it where it is used after its end. */
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

    /** What cannot be read is damaged. What cannot be written may be a full disk, and comes back. */
    private static boolean isDamage(RocksDBException e, String what) {
        Status.Code code = e.getStatus() == null ? null : e.getStatus().getCode();
        return code == Status.Code.Corruption || code == Status.Code.IOError && what.equals("read");
    }

    /** Null where there is none. */
    byte[] get(byte[] key) {
        return use("read", () -> {
            visits.increment();
            return rocks.get(key);
        });
    }

    /** Reads rows as they were when the walk began. */
    interface Lookup {

        /** Null where there is none. */
        byte[] get(byte[] key);
    }

    interface Visitor {

        /** @return whether another row is wanted */
        boolean visit(byte[] key, byte[] value, Lookup sameMoment);
    }

    /**
     * Gives the rows of a moment from one key to before another, in the order of their keys or against it, until the
     * visitor wants no more.
     *
     * @return whether it wanted more than there are
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

    /** The values of these keys, null where there is none, in their order. */
    List<byte[]> getAll(List<byte[]> keys) {
        return use("read", () -> {
            visits.add(keys.size());
            return rocks.multiGetAsList(keys);
        });
    }

    /** Writes what is in memory to a file: what was deleted there takes no time of scans any more. */
    void flush() {
        use("written", () -> {
            try (FlushOptions flush = new FlushOptions().setWaitForFlush(true)) {
                rocks.flush(flush);
            }
            return null;
        });
    }

    /** In a while: what was deleted and is still in memory takes no time of scans then. */
    void flushSoon() {
        compactor.flush(rocks);
    }

    /** All of it or nothing of it. */
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

    /** How many rows this thread looks at meanwhile, those included that were deleted or written over. */
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

    /** Gives back the space of rows that were deleted as a range, in a while and on another thread. */
    void giveBack(byte[] from, byte[] to) {
        use("written", () -> {
            // Files go at once and for good. What says that they may go must not be lost after them.
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
