package dev.kontor.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiConsumer;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteOptions;

/**
 * A small durable map for keys, in a database apart from the store: so that a key can be destroyed permanently while
 * every copy of the store stays intact. A name whose key was destroyed never gets another. Writes are durable on
 * return. Safe for many threads; one process at a time.
 */
public final class Vault implements AutoCloseable {

    /** The value of a destroyed key. */
    private static final byte[] DESTROYED = new byte[0];

    private final Options options = new Options().setCreateIfMissing(true).setKeepLogFileNum(1);
    private final WriteOptions synced = new WriteOptions().setSync(true);
    /** {@link #close} holds the write lock, all other uses the read lock. */
    private final ReentrantReadWriteLock life = new ReentrantReadWriteLock();
    /** Held from reading a key to the write that depends on it. */
    private final ReentrantLock deciding = new ReentrantLock();
    /** Held while files are rewritten: reads and other writes continue. */
    private final ReentrantLock rewriting = new ReentrantLock();

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
     * @throws StoreInUseException if it is already open
     * @throws StoreException if it cannot be opened
     */
    public static Vault open(Path folder) {
        try {
            PrivateFiles.createFolder(folder);
            StoreFolder.refuseWithoutMainFile("vault", folder);
            return new Vault(folder);
        } catch (RocksDBException e) {
            throw OpenFailure.opening("vault", folder, e);
        } catch (IOException e) {
            throw new StoreException("The folder %s cannot be made".formatted(folder), e);
        }
    }

    /** Empty if there is none, or it was destroyed. */
    public Optional<byte[]> get(String name) {
        return use(
                () -> Optional.ofNullable(database.get(KeyEncoding.text(name))).filter(value -> value.length > 0));
    }

    /**
     * Stores a key unless the name has one. Returns the key stored afterwards; empty if it was destroyed.
     *
     * @throws IllegalArgumentException for an empty value
     */
    public Optional<byte[]> putIfAbsent(String name, byte[] value) {
        if (value.length == 0) {
            throw new IllegalArgumentException("An empty value is no key");
        }
        return use(() -> decide(() -> {
            byte[] present = database.get(KeyEncoding.text(name));
            if (present == null) {
                database.put(synced, KeyEncoding.text(name), value);
                return Optional.of(value);
            }
            return present.length == 0 ? Optional.empty() : Optional.of(present);
        }));
    }

    /**
     * Replaces a key if it still has the expected value. Its old bytes may stay in the files until {@link #rewrite}.
     *
     * @return whether it was replaced
     */
    public boolean replace(String name, byte[] before, byte[] value) {
        if (value.length == 0) {
            throw new IllegalArgumentException("An empty value is no key");
        }
        return use(() -> decide(() -> {
            if (!Arrays.equals(database.get(KeyEncoding.text(name)), before)) {
                return false;
            }
            database.put(synced, KeyEncoding.text(name), value);
            return true;
        }));
    }

    /** Rewrites all files, so that none contains a key that was replaced or removed before. */
    public void rewrite() {
        use(() -> {
            rewrite(null, null);
            return null;
        });
    }

    /** Removes a key without a trace. Its bytes may stay in the files for a while. */
    public void remove(String name) {
        use(() -> decide(() -> {
            database.delete(synced, KeyEncoding.text(name));
            return null;
        }));
    }

    /**
     * Removes a key so that no file contains its bytes: overwrites it, flushes the write-ahead log, rewrites the files
     * that may contain it. The name stays marked as destroyed. The caller repeats an interrupted call.
     */
    public void destroy(String name) {
        use(() -> {
            decide(() -> {
                database.put(synced, KeyEncoding.text(name), DESTROYED);
                return null;
            });
            rewrite(KeyEncoding.text(name), KeyEncoding.text(name));
            return null;
        });
    }

    /** @param from with {@code to}: the range of keys whose files are rewritten; null for all */
    private void rewrite(byte[] from, byte[] to) throws RocksDBException {
        rewriting.lock();
        try (FlushOptions flush = new FlushOptions().setWaitForFlush(true);
                CompactRangeOptions forced = new CompactRangeOptions()
                        .setBottommostLevelCompaction(CompactRangeOptions.BottommostLevelCompaction.kForce)) {
            database.flush(flush);
            database.compactRange(database.getDefaultColumnFamily(), from, to, forced);
            // RocksDB removes replaced files later, on another thread; this removes them now.
            database.disableFileDeletions();
            database.enableFileDeletions();
        } finally {
            rewriting.unlock();
        }
    }

    private <T> T decide(Use<T> use) throws RocksDBException {
        deciding.lock();
        try {
            return use.use();
        } finally {
            deciding.unlock();
        }
    }

    /**
     * Copies the current keys to another vault row by row, so that no destroyed key can reappear from a file.
     *
     * @param folder must not exist yet; its parent must
     * @throws StoreException if the copy fails
     */
    public void copy(Path folder) {
        if (Files.exists(folder)) {
            throw new StoreException("The keys cannot be copied to %s: it already exists".formatted(folder));
        }
        use(() -> {
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

    /** Every name with its current key, empty if that was destroyed. */
    public void forEach(BiConsumer<String, Optional<byte[]>> reader) {
        use(() -> {
            try (RocksIterator keys = database.newIterator()) {
                for (keys.seekToFirst(); keys.isValid(); keys.next()) {
                    reader.accept(
                            KeyEncoding.text(keys.key()),
                            Optional.of(keys.value()).filter(key -> key.length > 0));
                }
                keys.status();
                return null;
            }
        });
    }

    private interface Use<T> {
        T use() throws RocksDBException;
    }

    /** Use of a closed RocksDB crashes the JVM, so this excludes {@link #close}. */
    private <T> T use(Use<T> use) {
        life.readLock().lock();
        try {
            if (closed) {
                throw new StoreException("The vault is closed");
            }
            return use.use();
        } catch (RocksDBException e) {
            throw new StoreException("The vault cannot be read or written: " + e.getMessage(), e);
        } finally {
            life.readLock().unlock();
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
