package dev.kontor.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the disk has space for writes. The free space is queried again after some time or some bytes; the reserve is
 * far larger than what can be written in between.
 */
final class DiskSpace {

    private static final Logger log = LoggerFactory.getLogger(DiskSpace.class);

    private static final long BETWEEN_LOOKS_NANOS = 100_000_000;
    private static final long BETWEEN_LOOKS_BYTES = 4L << 20;

    private final Path folder;
    private final long reserveBytes;
    private final LongSupplier usableBytes;

    // Used by the committer's thread only.
    private long nextLook = System.nanoTime();
    private long bytesSince;
    private boolean isShort;

    DiskSpace(Path folder, long reserveBytes, LongSupplier usableBytes) {
        this.folder = folder;
        this.reserveBytes = reserveBytes;
        this.usableBytes = usableBytes;
    }

    static DiskSpace of(Path folder, long reserveBytes) throws IOException {
        FileStore disk = Files.getFileStore(folder);
        return new DiskSpace(folder, reserveBytes, () -> {
            try {
                return disk.getUsableSpace();
            } catch (IOException e) {
                throw new UncheckedIOException("The disk of " + folder + " does not report its free space", e);
            }
        });
    }

    long usable() {
        return usableBytes.getAsLong();
    }

    boolean isShortNow() {
        return usable() < reserveBytes;
    }

    StoreFullException refusal() {
        return new StoreFullException(folder, usable(), reserveBytes);
    }

    /** The committer calls this before it writes so many bytes. */
    boolean isShortFor(long bytes) {
        bytesSince += bytes;
        if (bytesSince >= BETWEEN_LOOKS_BYTES || System.nanoTime() - nextLook >= 0) {
            boolean before = isShort;
            isShort = isShortNow();
            bytesSince = 0;
            nextLook = System.nanoTime() + BETWEEN_LOOKS_NANOS;
            if (isShort && !before) {
                log.error(
                        "{}; writes are refused until there is space", refusal().getMessage());
            } else if (before && !isShort) {
                log.warn("the disk of {} has space again; writes continue", folder);
            }
        }
        return isShort;
    }
}
