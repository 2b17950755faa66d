package dev.kontor.store.documents;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts index rows that were deleted. Until the memory they are in becomes a file, a scan passes over each of them; so that is
 * asked for after so many.
 */
final class IndexRows {

    /** A scan passes over so many in a few milliseconds. */
    static final int AT_MOST = 20_000;

    private final Rows rows;
    private final AtomicInteger deleted = new AtomicInteger();

    IndexRows(Rows rows) {
        this.rows = rows;
    }

    void add(int more) {
        if (more > 0 && deleted.addAndGet(more) >= AT_MOST) {
            deleted.set(0);
            rows.flushSoon();
        }
    }
}
