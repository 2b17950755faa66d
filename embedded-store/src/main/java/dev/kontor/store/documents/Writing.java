package dev.kontor.store.documents;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The writes to one collection, one after the other. A write within a write is part of it: what all of them gather becomes
 * one, with the number of documents that there are then. Of a document whose change failed half way nothing is kept.
 */
final class Writing {

    private final ReentrantLock lock = new ReentrantLock();
    private final Changes changes;
    private final byte[] countRow;
    private volatile long count;
    /** Documents more, or less, than {@link #count} once what is gathered is written. */
    private int gatheredCount;

    Writing(ViewFiles files, int collection) {
        this.changes = new Changes(files);
        this.countRow = RowKeys.count(collection);
        byte[] stored = files.rows().get(countRow);
        this.count = stored == null ? 0 : ByteBuffer.wrap(stored).getLong();
    }

    /** Of the write that is under way. */
    Changes changes() {
        return changes;
    }

    /** Documents that there are, without what is gathered. */
    long count() {
        return count;
    }

    /** Whether the write that is under way is this thread's. */
    boolean isMine() {
        return lock.isHeldByCurrentThread();
    }

    <T> T write(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            try {
                changes.forgetUnfinished();
                if (lock.getHoldCount() == 1) {
                    flush();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    void write(Runnable work) {
        write(() -> {
            work.run();
            return null;
        });
    }

    /** The last change of a document. @param more 1 where it is new, -1 where it is deleted */
    void finish(DocumentKey key, byte[] row, byte[] value, int more) {
        changes.finish(key, row, value);
        gatheredCount += more;
    }

    /** Writes what is gathered; to be called before rows are walked that may be among it. */
    void flush() {
        if (changes.isEmpty()) {
            return;
        }
        long after = count + gatheredCount;
        if (gatheredCount != 0) {
            changes.put(countRow, ByteBuffer.allocate(8).putLong(after).array());
            changes.finish();
        }
        gatheredCount = 0;
        changes.write();
        count = after;
    }

    /** After all documents were deleted as a range, and the row that counts them. */
    void emptied() {
        count = 0;
    }
}
