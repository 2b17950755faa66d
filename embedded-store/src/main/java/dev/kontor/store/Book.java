package dev.kontor.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
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

    private static final long BLOCK_CACHE_BYTES = 64L << 20;
    private static final long WRITE_BUFFER_BYTES = 32L << 20;
    private static final long WAL_BYTES = 256L << 20;

    private final List<AutoCloseable> natives = new ArrayList<>();
    private final RocksDB database;
    private final Columns columns;
    private final Tail tail;
    private final Committer committer;
    private final Map<String, Column> named = new ConcurrentHashMap<>();
    private boolean closed;

    static {
        RocksDB.loadLibrary();
    }

    private Book(Path folder) throws RocksDBException, IOException {
        Files.createDirectories(folder);
        LRUCache cache = own(new LRUCache(BLOCK_CACHE_BYTES));
        BlockBasedTableConfig table = new BlockBasedTableConfig()
                .setBlockCache(cache)
                .setFilterPolicy(own(new BloomFilter(10)))
                .setCacheIndexAndFilterBlocks(true)
                .setPinL0FilterAndIndexBlocksInCache(true);
        ColumnFamilyOptions columnOptions =
                own(new ColumnFamilyOptions().setTableFormatConfig(table).setWriteBufferSize(WRITE_BUFFER_BYTES));
        DBOptions options = own(new DBOptions()
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setMaxTotalWalSize(WAL_BYTES)
                .setMaxBackgroundJobs(2)
                .setKeepLogFileNum(2));
        List<byte[]> present;
        try (Options forListing = new Options()) {
            present = RocksDB.listColumnFamilies(forListing, folder.toString());
        }
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        this.database = RocksDB.open(options, folder.toString(), Columns.describe(present, columnOptions), handles);
        this.columns = new Columns(database, handles, columnOptions);
        long head = -1;
        int chain = 0;
        try (RocksIterator events = database.newIterator(columns.events())) {
            events.seekToLast();
            if (events.isValid()) {
                head = Keys.position(events.key());
                chain = EventRecord.chainOf(events.value());
            }
        }
        this.tail = new Tail(head);
        this.committer = new Committer(database, columns, tail, head, chain);
    }

    /**
     * Opens the book in a folder, making both where they are missing.
     *
     * @throws BookInUseException where another process has it open
     * @throws BookException where it cannot be opened: permissions, disk, damage
     */
    public static Book open(Path folder) {
        try {
            return new Book(folder);
        } catch (RocksDBException e) {
            if (e.getMessage() != null && e.getMessage().contains("lock")) {
                throw new BookInUseException(folder, e);
            }
            throw new BookException("The book in %s cannot be opened: %s".formatted(folder, e.getMessage()), e);
        } catch (IOException e) {
            throw new BookException("The folder %s cannot be made".formatted(folder), e);
        }
    }

    /** The position of the last event, -1 while there is none. */
    public long head() {
        return tail.head();
    }

    /** A durable map beside the log, made at first use. The same name answers the same column. */
    public Column column(String name) {
        return named.computeIfAbsent(name, missing -> {
            columns.create(Columns.PREFIX + missing);
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

    byte[] get(String column, byte[] key) {
        try {
            return database.get(columns.named(column), key);
        } catch (RocksDBException e) {
            throw new BookException("The book cannot be read", e);
        }
    }

    RocksIterator iterate(String column) {
        return database.newIterator(columns.named(column));
    }

    /** Every row of a column, as they stand now. */
    void readAll(String column, BiConsumer<String, byte[]> reader) {
        try (RocksIterator rows = iterate(column)) {
            for (rows.seekToFirst(); rows.isValid(); rows.next()) {
                reader.accept(Keys.text(rows.key()), rows.value());
            }
            rows.status();
        } catch (RocksDBException e) {
            throw new BookException("The book cannot be read", e);
        }
    }

    private <T extends AutoCloseable> T own(T part) {
        natives.addFirst(part);
        return part;
    }

    /** Writes what waits, then closes. A second call does nothing. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        committer.close();
        columns.close();
        database.close();
        for (AutoCloseable part : natives) {
            try {
                part.close();
            } catch (Exception e) {
                throw new BookException("A part of RocksDB could not be closed", e);
            }
        }
    }
}
