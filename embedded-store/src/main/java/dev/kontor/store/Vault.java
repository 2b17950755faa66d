package dev.kontor.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteOptions;

/**
 * A small durable map for keys, in a database of its own, apart from the book: so that a key can be destroyed for good
 * while every copy of the book stays whole. Durable on return. Safe for many threads; one process at a time.
 */
public final class Vault implements AutoCloseable {

    private final Options options = new Options().setCreateIfMissing(true).setKeepLogFileNum(1);
    private final WriteOptions synced = new WriteOptions().setSync(true);
    private final RocksDB database;
    private boolean closed;

    static {
        RocksDB.loadLibrary();
    }

    private Vault(Path folder) throws RocksDBException {
        this.database = RocksDB.open(options, folder.toString());
    }

    /**
     * @throws BookInUseException where another process has it open
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
            if (e.getMessage() != null && e.getMessage().contains("lock")) {
                throw new BookInUseException(folder, e);
            }
            throw new BookException("The vault in %s cannot be opened: %s".formatted(folder, e.getMessage()), e);
        } catch (IOException e) {
            throw new BookException("The folder %s cannot be made".formatted(folder), e);
        }
    }

    public Optional<byte[]> get(String name) {
        try {
            return Optional.ofNullable(database.get(Keys.text(name)));
        } catch (RocksDBException e) {
            throw new BookException("The vault cannot be read", e);
        }
    }

    /** Stores it unless there is one of that name; answers the one that is stored afterwards. */
    public synchronized byte[] putIfAbsent(String name, byte[] value) {
        Optional<byte[]> present = get(name);
        if (present.isPresent()) {
            return present.get();
        }
        try {
            database.put(synced, Keys.text(name), value);
            return value;
        } catch (RocksDBException e) {
            throw new BookException("The vault could not be written", e);
        }
    }

    /** Removes it so that its bytes are gone from the disk: deleted, the log of writes flushed, the files rewritten. */
    public synchronized void destroy(String name) {
        try (FlushOptions flush = new FlushOptions().setWaitForFlush(true);
                CompactRangeOptions everything = new CompactRangeOptions()
                        .setBottommostLevelCompaction(CompactRangeOptions.BottommostLevelCompaction.kForce)) {
            database.delete(synced, Keys.text(name));
            database.flush(flush);
            database.compactRange(database.getDefaultColumnFamily(), null, null, everything);
        } catch (RocksDBException e) {
            throw new BookException("A key could not be destroyed", e);
        }
    }

    /** A second call does nothing. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            database.close();
            synced.close();
            options.close();
        }
    }
}
