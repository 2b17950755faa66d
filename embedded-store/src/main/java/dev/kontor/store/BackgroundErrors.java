package dev.kontor.store;

import java.util.concurrent.atomic.AtomicLong;
import org.rocksdb.AbstractEventListener;
import org.rocksdb.BackgroundErrorReason;
import org.rocksdb.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records errors of RocksDB's background work, so that a failed flush shows before the next write. */
final class BackgroundErrors extends AbstractEventListener {

    private static final Logger log = LoggerFactory.getLogger(BackgroundErrors.class);

    private final AtomicLong count = new AtomicLong();
    private volatile boolean present;

    BackgroundErrors() {
        super(EnabledEventCallback.ON_BACKGROUND_ERROR, EnabledEventCallback.ON_ERROR_RECOVERY_COMPLETED);
    }

    @Override
    public void onBackgroundError(BackgroundErrorReason reason, Status error) {
        count.incrementAndGet();
        present = true;
        log.error("RocksDB failed in the background ({}): {} {}", reason, error.getCodeString(), error.getState());
    }

    @Override
    public void onErrorRecoveryCompleted(Status before) {
        present = false;
        log.warn("RocksDB has recovered from: {} {}", before.getCodeString(), before.getState());
    }

    long count() {
        return count.get();
    }

    /** Whether RocksDB has an error from which it has not recovered. */
    boolean isPresent() {
        return present;
    }
}
