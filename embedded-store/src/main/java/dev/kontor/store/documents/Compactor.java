package dev.kontor.store.documents;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Frees the space of deleted rows on a thread of its own. RocksDB does later by itself whatever fails here. */
final class Compactor {

    private static final Logger log = LoggerFactory.getLogger(Compactor.class);

    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("views-compaction").factory());

    private interface Work {
        void run() throws RocksDBException;
    }

    /** Writes the memory to a file: scans then skip what was deleted there. */
    void flush(RocksDB rocks) {
        later(() -> {
            try (FlushOptions flush = new FlushOptions().setWaitForFlush(true)) {
                rocks.flush(flush);
            }
        });
    }

    void compact(RocksDB rocks, byte[] from, byte[] to) {
        later(() -> rocks.compactRange(from, to));
    }

    private void later(Work work) {
        try {
            thread.execute(() -> {
                try {
                    work.run();
                } catch (RocksDBException e) {
                    log.info("views: space is freed later: {}", e.getMessage());
                }
            });
        } catch (RejectedExecutionException closing) {
            log.debug("views: space is freed after the next start");
        }
    }

    /** Drops the work that has not begun. */
    void stop() {
        thread.shutdownNow();
    }

    /** Work in progress uses resources that are about to be freed. */
    void awaitEnd() {
        thread.shutdown();
        try {
            thread.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
