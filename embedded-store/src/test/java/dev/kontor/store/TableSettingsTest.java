package dev.kontor.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.BloomFilter;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** Counts the blocks that are read, because times are unreliable on a busy machine. */
class TableSettingsTest {

    private static final long CACHE_BYTES = 64L << 20;
    /** One table of so many keys has a filter of 1.5 MB and an index of 1 MB. */
    private static final int KEYS = 1_200_000;

    private static final int BATCH = 50_000;
    private static final int GETS = 2_000;

    @TempDir
    Path folder;

    static {
        RocksDB.loadLibrary();
    }

    @Test
    void a_get_reads_neither_the_index_nor_the_filter_of_a_full_table_again() throws RocksDBException {
        try (LRUCache cache = TableSettings.cache(CACHE_BYTES);
                BloomFilter filter = new BloomFilter(10);
                ReadStatistics reads = new ReadStatistics();
                Options options = new Options()
                        .setCreateIfMissing(true)
                        .setTargetFileSizeBase(256L << 20)
                        // Several files of the first level, which are pinned, become one of the next, which is not.
                        .setWriteBufferSize(16L << 20)
                        .setTableFormatConfig(TableSettings.tables(cache, filter))
                        .setStatistics(reads.statistics());
                RocksDB database = RocksDB.open(options, folder.toString())) {
            fill(database);
            database.compactRange();

            get(database, new Random(1));
            StoreReads before = reads.reads();
            get(database, new Random(2));
            StoreReads counted = reads.reads().since(before);

            assertThat(counted.lookups()).isEqualTo(GETS);
            assertThat(counted.dataBlocks())
                    .as("blocks of data, which are more than the cache keeps")
                    .isPositive()
                    .isLessThanOrEqualTo(GETS);
            assertThat(counted.indexBlocks())
                    .as("blocks of indexes and filters read by %d gets", GETS)
                    .isZero();
        }
    }

    private static void fill(RocksDB database) throws RocksDBException {
        try (WriteOptions unlogged = new WriteOptions().setDisableWAL(true)) {
            for (int from = 0; from < KEYS; from += BATCH) {
                try (WriteBatch batch = new WriteBatch()) {
                    for (int each = from; each < from + BATCH; each++) {
                        batch.put(key(each), KeyEncoding.position(each));
                    }
                    database.write(unlogged, batch);
                }
            }
        }
    }

    private static void get(RocksDB database, Random random) {
        IntStream.generate(() -> random.nextInt(KEYS)).limit(GETS).forEach(each -> {
            try {
                assertThat(database.get(key(each))).isEqualTo(KeyEncoding.position(each));
            } catch (RocksDBException e) {
                throw new AssertionError(e);
            }
        });
    }

    /** In random order, like identifiers of events. */
    private static byte[] key(int each) {
        return KeyEncoding.text(
                UUID.nameUUIDFromBytes(KeyEncoding.position(each)).toString());
    }
}
