package dev.kontor.store;

import java.util.concurrent.atomic.AtomicLong;
import org.rocksdb.AbstractEventListener;
import org.rocksdb.BackgroundErrorReason;
import org.rocksdb.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hears of what fails in RocksDB beside the writes: without it a failed flush would show only at some later write. */
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

    /** Whether there was one that RocksDB has not recovered from. */
    boolean isPresent() {
        return present;
    }
}
