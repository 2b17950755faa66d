package dev.kontor.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteOptions;

/**
 * A small durable map for keys, in a database of its own, apart from the book: so that a key can be destroyed for good
 * while every copy of the book stays whole. Durable on return. Safe for many threads; one process at a time.
 */
public final class Vault implements AutoCloseable {

    private final Options options = new Options().setCreateIfMissing(true).setKeepLogFileNum(1);
    private final WriteOptions synced = new WriteOptions().setSync(true);
    private final ReentrantReadWriteLock life = new ReentrantReadWriteLock();
    private final RocksDB database;
    private boolean closed;

    static {
        RocksDB.loadLibrary();
    }

    private Vault(Path folder) throws RocksDBException {
        try {
            this.database = RocksDB.open(options, folder.toString());
        } catch (RocksDBException e) {
            synced.close();
            options.close();
            throw e;
        }
    }

    /**
     * @throws BookInUseException where it is open already
     * @throws BookException where it cannot be opened
     */
    public static Vault open(Path folder) {
        try {
            Files.createDirectories(folder);
            if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
            return new Vault(folder);
        } catch (RocksDBException e) {
            throw Refused.opening("vault", folder, e);
        } catch (IOException e) {
            throw new BookException("The folder %s cannot be made".formatted(folder), e);
        }
    }

    public Optional<byte[]> get(String name) {
        return use(life.readLock(), () -> Optional.ofNullable(database.get(Keys.text(name))));
    }

    /** Stores it unless there is one of that name; answers the one that is stored afterwards. */
    public byte[] putIfAbsent(String name, byte[] value) {
        return use(life.writeLock(), () -> {
            byte[] present = database.get(Keys.text(name));
            if (present == null) {
                database.put(synced, Keys.text(name), value);
            }
            return present == null ? value : present;
        });
    }

    /** Removes it so that its bytes are in no file any more: deleted, the log of writes flushed, the files rewritten. */
    public void destroy(String name) {
        use(life.writeLock(), () -> {
            try (FlushOptions flush = new FlushOptions().setWaitForFlush(true);
                    CompactRangeOptions everything = new CompactRangeOptions()
                            .setBottommostLevelCompaction(CompactRangeOptions.BottommostLevelCompaction.kForce)) {
                database.delete(synced, Keys.text(name));
                database.flush(flush);
                database.compactRange(database.getDefaultColumnFamily(), null, null, everything);
                // Files that are replaced are removed some time later, on another thread; this removes them now.
                database.disableFileDeletions();
                database.enableFileDeletions();
                return null;
            }
        });
    }

    /**
     * Another vault with the same keys, as they stand now. Made row by row, not of this one's files: what was destroyed
     * here cannot come back from any corner of it.
     *
     * @param folder must not exist yet; its parent must
     * @throws BookException where it cannot be made
     */
    public void copy(Path folder) {
        if (Files.exists(folder)) {
            throw new BookException("The keys cannot be copied to %s: it is there already".formatted(folder));
        }
        use(life.readLock(), () -> {
            try (Vault copy = open(folder);
                    RocksIterator keys = database.newIterator();
                    FlushOptions flush = new FlushOptions().setWaitForFlush(true)) {
                for (keys.seekToFirst(); keys.isValid(); keys.next()) {
                    copy.database.put(keys.key(), keys.value());
                }
                // Keys that cannot be read must not be missing silently.
                keys.status();
                copy.database.flush(flush);
                return null;
            }
        });
    }

    private interface Use<T> {
        T use() throws RocksDBException;
    }

    /** RocksDB takes the whole JVM with it where it is used after its end, so nobody uses it while it is closed. */
    private <T> T use(Lock lock, Use<T> use) {
        lock.lock();
        try {
            if (closed) {
                throw new BookException("The vault is closed");
            }
            return use.use();
        } catch (RocksDBException e) {
            throw new BookException("The vault cannot be read or written: " + e.getMessage(), e);
        } finally {
            lock.unlock();
        }
    }

    /** A second call does nothing. */
    @Override
    public void close() {
        life.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                database.close();
                synced.close();
                options.close();
            }
        } finally {
            life.writeLock().unlock();
        }
    }
}
