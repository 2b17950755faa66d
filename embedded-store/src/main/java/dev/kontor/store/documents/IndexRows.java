package dev.kontor.store.documents;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts index rows that were deleted. Until the memory that they are in becomes a file, a scan passes over each of
 * them. So that is asked for after so many, and earlier where there are scans that they are in the way of.
 */
final class IndexRows {

    /** A scan passes over so many in a few milliseconds. */
    static final int AT_MOST = 10_000;
    /** A scan passes over so many in a part of a millisecond. */
    static final int WHERE_SCANNED = 1_000;

    private final ViewDatabase rows;
    private final AtomicInteger deleted = new AtomicInteger();

    IndexRows(ViewDatabase rows) {
        this.rows = rows;
    }

    /** The one who deletes so many waits for it: else a scan could meet any number. */
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
