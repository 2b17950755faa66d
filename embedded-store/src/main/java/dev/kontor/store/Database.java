package dev.kontor.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.LiveFileMetaData;
import org.rocksdb.LogFile;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WALRecoveryMode;

/** The store's RocksDB with its settings and all native resources, which are freed in reverse order. */
final class Database implements AutoCloseable {

    private static final long BLOCK_CACHE_BYTES = 64L << 20;
    private static final long WRITE_BUFFER_BYTES = 32L << 20;
    /** The part of a write buffer that its filter takes. */
    private static final double MEMORY_FILTER_RATIO = 0.02;

    private static final long WAL_BYTES = 128L << 20;

    /**
     * RocksDB's default silently drops everything after a damaged write. A last write cut short by a kill was never
     * acknowledged and is dropped; any other damage must be reported.
     */
    static final WALRecoveryMode WAL_RECOVERY = WALRecoveryMode.TolerateCorruptedTailRecords;

    private final NativeResources natives = new NativeResources();
    private final BackgroundErrors backgroundErrors = natives.own(new BackgroundErrors());
    private final ReadStatistics reads = natives.own(new ReadStatistics());
    private RocksDB rocks;
    private ColumnFamilies columns;

    static {
        RocksDB.loadLibrary();
    }

    private Database() {}

    static Database open(Path folder) throws RocksDBException {
        Database database = new Database();
        try {
            database.hold(folder);
            database.fill(folder);
            return database;
        } catch (RocksDBException | RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** Locks the folder until the database is closed; a second open in this process fails. */
    private void hold(Path folder) {
        try {
            Path real = folder.toRealPath();
            if (FolderLocks.hold(real)) {
                natives.own(() -> FolderLocks.release(real));
            }
        } catch (IOException e) {
            throw new StoreException("The folder %s cannot be used: %s".formatted(folder, e), e);
        }
    }

    private void fill(Path folder) throws RocksDBException {
        BlockBasedTableConfig table = TableSettings.tables(
                natives.own(TableSettings.cache(BLOCK_CACHE_BYTES)), natives.own(new BloomFilter(10)));
        ColumnFamilyOptions columnOptions = natives.own(new ColumnFamilyOptions()
                .setTableFormatConfig(table)
                .setWriteBufferSize(WRITE_BUFFER_BYTES)
                // Most lookups are of new ids and find nothing. The filter answers them for the rows in memory too.
                .setMemtablePrefixBloomSizeRatio(MEMORY_FILTER_RATIO)
                .setMemtableWholeKeyFiltering(true));
        DBOptions options = natives.own(new DBOptions()
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setMaxTotalWalSize(WAL_BYTES)
                .setWalRecoveryMode(WAL_RECOVERY)
                .setMaxBackgroundJobs(2)
                .setKeepLogFileNum(2)
                .setStatistics(reads.statistics())
                .setListeners(List.of(backgroundErrors)));
        List<byte[]> present;
        try (Options forListing = new Options()) {
            present = RocksDB.listColumnFamilies(forListing, folder.toString());
        }
        if (present.size() > 1
                && present.stream().noneMatch(name -> KeyEncoding.text(name).equals(ColumnFamilies.EVENTS))) {
            throw new StoreException("The folder %s contains another database and no event store".formatted(folder));
        }
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        rocks = natives.own(
                RocksDB.open(options, folder.toString(), ColumnFamilies.describe(present, columnOptions), handles));
        columns = natives.own(new ColumnFamilies(rocks, handles, columnOptions));
    }

    RocksDB rocks() {
        return rocks;
    }

    ColumnFamilies columns() {
        return columns;
    }

    BackgroundErrors backgroundErrors() {
        return backgroundErrors;
    }

    ReadStatistics reads() {
        return reads;
    }

    /** The size on disk of tables and write-ahead logs. */
    long bytes() throws RocksDBException {
        long bytes = 0;
        for (LiveFileMetaData table : rocks.getLiveFilesMetaData()) {
            bytes += table.size();
        }
        for (LogFile writes : rocks.getSortedWalFiles()) {
            bytes += writes.sizeFileBytes();
        }
        return bytes;
    }

    @Override
    public void close() {
        natives.close();
    }
}
