package dev.kontor.store;

import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Filter;
import org.rocksdb.LRUCache;

/** The layout and cache settings of the tables of the log and of the views. */
public final class TableSettings {

    /**
     * Two bits make four shards. RocksDB's default is a shard of 1 MiB for a cache of 64 MiB: the index or the filter
     * of a full table does not fit in it, is evicted at once, and is read and unpacked again by every get.
     */
    private static final int SHARD_BITS = 2;

    private TableSettings() {}

    /** The caller closes it after the database that uses it. */
    public static LRUCache cache(long bytes) {
        return new LRUCache(bytes, SHARD_BITS);
    }

    /** Indexes and filters count against the cache, so that its size bounds the memory of all tables. */
    public static BlockBasedTableConfig tables(LRUCache cache, Filter filter) {
        return new BlockBasedTableConfig()
                .setBlockCache(cache)
                .setFilterPolicy(filter)
                .setCacheIndexAndFilterBlocks(true)
                .setPinL0FilterAndIndexBlocksInCache(true);
    }
}
