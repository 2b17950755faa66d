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

/** Gives back what was deleted, on a thread of its own. What it cannot do now RocksDB does later by itself. */
final class Compactor {

    private static final Logger log = LoggerFactory.getLogger(Compactor.class);

    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("views-compaction").factory());

    private interface Work {
        void run() throws RocksDBException;
    }

    /** Writes what is in memory to a file: a scan does not pass over what was deleted there any more. */
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
                    log.info("views: space is given back later: {}", e.getMessage());
                }
            });
        } catch (RejectedExecutionException closing) {
            log.debug("views: space is given back after the next start");
        }
    }

    /** What was not begun is left. */
    void stop() {
        thread.shutdownNow();
    }

    /** Work that is under way uses what is about to be freed. */
    void awaitEnd() {
        thread.shutdown();
        try {
            thread.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
