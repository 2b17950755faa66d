package dev.kontor.store.documents;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts deleted index rows. Until they are flushed from memory to a file, a scan passes over each of them. So a flush
 * is requested after a number of them, and earlier where scans meet them.
 */
final class IndexRows {

    /** A scan passes over this many in a few milliseconds. */
    static final int AT_MOST = 10_000;
    /** A scan passes over this many in less than a millisecond. */
    static final int WHERE_SCANNED = 1_000;

    private final ViewDatabase rows;
    private final AtomicInteger deleted = new AtomicInteger();

    IndexRows(ViewDatabase rows) {
        this.rows = rows;
    }

    /** The deleting thread waits for the flush: else there is no bound on the rows that a scan meets. */
    void deleted(int more) {
        if (more > 0 && deleted.addAndGet(more) >= AT_MOST) {
            deleted.set(0);
            rows.flush();
        }
    }

    void scanned() {
        int now = deleted.get();
        if (now >= WHERE_SCANNED && deleted.compareAndSet(now, 0)) {
            rows.flushSoon();
        }
    }
}
