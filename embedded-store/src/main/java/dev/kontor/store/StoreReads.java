package dev.kontor.store;

/**
 * The reads of a database since it was opened.
 *
 * @param lookups of single rows and of the beginnings of scans
 * @param dataBlocks with rows, read from files because the cache did not contain them
 * @param indexBlocks of indexes and filters, read from files because the cache did not contain them. In a database that
 *     has run for some time they hardly rise: else the cache, or one of its shards, is too small for an index or a filter
 */
public record StoreReads(long lookups, long dataBlocks, long indexBlocks) {

    /** The reads since an earlier moment. */
    public StoreReads since(StoreReads earlier) {
        return new StoreReads(
                lookups - earlier.lookups, dataBlocks - earlier.dataBlocks, indexBlocks - earlier.indexBlocks);
    }
}
