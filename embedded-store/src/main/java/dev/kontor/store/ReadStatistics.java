package dev.kontor.store;

import java.util.EnumSet;
import org.rocksdb.HistogramType;
import org.rocksdb.Statistics;
import org.rocksdb.StatsLevel;
import org.rocksdb.TickerType;

/** Counts the reads of a database. It has no histograms, which would take the time twice at every read. */
public final class ReadStatistics implements AutoCloseable {

    private final Statistics statistics = new Statistics(EnumSet.allOf(HistogramType.class));

    public ReadStatistics() {
        statistics.setStatsLevel(StatsLevel.EXCEPT_DETAILED_TIMERS);
    }

    /** For the options of the database. */
    public Statistics statistics() {
        return statistics;
    }

    /** Not to be called after {@link #close}. */
    public StoreReads reads() {
        return new StoreReads(
                count(TickerType.NUMBER_KEYS_READ)
                        + count(TickerType.NUMBER_MULTIGET_KEYS_READ)
                        + count(TickerType.NUMBER_DB_SEEK),
                count(TickerType.BLOCK_CACHE_DATA_MISS),
                count(TickerType.BLOCK_CACHE_INDEX_MISS) + count(TickerType.BLOCK_CACHE_FILTER_MISS));
    }

    private long count(TickerType type) {
        return statistics.getTickerCount(type);
    }

    /** The database must be closed before. */
    @Override
    public void close() {
        statistics.close();
    }
}
