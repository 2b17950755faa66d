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
 * A small durable map for keys, in a database of its own, apart from the store: so that a key can be destroyed for good
 * while every copy of the store stays whole. A name whose key was destroyed never gets another. Durable on return. Safe for many threads; one process at a time.
 */
public final class Vault implements AutoCloseable {

    /** What stands in place of a key that was destroyed. */
    private static final byte[] DESTROYED = new byte[0];

    private final Options options = new Options().setCreateIfMissing(true).setKeepLogFileNum(1);
    private final WriteOptions synced = new WriteOptions().setSync(true);
    /** Held for writing by whoever closes it, for reading by whoever uses it. */
    private final ReentrantReadWriteLock life = new ReentrantReadWriteLock();
    /** Held from a look at a key to the write that the look decides on. */
    private final ReentrantLock deciding = new ReentrantLock();
    /** Held while files are rewritten: reads and other writes go on. */
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
     * @throws StoreInUseException where it is open already
     * @throws StoreException where it cannot be opened
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

    /** Empty where there is none, or it was destroyed. */
    public Optional<byte[]> get(String name) {
        return use(
                () -> Optional.ofNullable(database.get(KeyEncoding.text(name))).filter(value -> value.length > 0));
    }

    /**
     * Stores it unless there is one of that name; answers the one that is stored afterwards, empty where that name's was
     * destroyed: it never gets another.
     *
     * @throws IllegalArgumentException for no bytes at all
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
     * Exchanges a key for another, where it still is what it was. Its old bytes may stay in the files until
     * {@link #rewrite}.
     *
     * @return whether it was exchanged
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

    /** Writes all files anew: what was exchanged or removed before is in none of them any more. */
    public void rewrite() {
        use(() -> {
            rewrite(null, null);
            return null;
        });
    }

    /** Removes it, as if it had never been. Its bytes may stay in the files for a while. */
    public void remove(String name) {
        use(() -> decide(() -> {
            database.delete(synced, KeyEncoding.text(name));
            return null;
        }));
    }

    /**
     * Removes it so that its bytes are in no file any more: overwritten, the log of writes flushed, the files rewritten
     * that may have it. That there was one is remembered. To be called again where nobody knows whether a call before
     * came to its end.
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

    /** @param from with {@code to}: the files that have keys between them; null for all */
    private void rewrite(byte[] from, byte[] to) throws RocksDBException {
        rewriting.lock();
        try (FlushOptions flush = new FlushOptions().setWaitForFlush(true);
                CompactRangeOptions forced = new CompactRangeOptions()
                        .setBottommostLevelCompaction(CompactRangeOptions.BottommostLevelCompaction.kForce)) {
            database.flush(flush);
            database.compactRange(database.getDefaultColumnFamily(), from, to, forced);
            // Files that are replaced are removed some time later, on another thread; this removes them now.
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
     * Another vault with the same keys, as they stand now. Made row by row, not of this one's files: what was destroyed
     * here cannot come back from any corner of it.
     *
     * @param folder must not exist yet; its parent must
     * @throws StoreException where it cannot be made
     */
    public void copy(Path folder) {
        if (Files.exists(folder)) {
            throw new StoreException("The keys cannot be copied to %s: it is there already".formatted(folder));
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

    /** Every name with its key, empty where that was destroyed; as it stands now. */
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

    /** RocksDB takes the whole JVM with it where it is used after its end, so nobody uses it while it is closed. */
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
