package dev.kontor.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** How many small appends this disk syncs a second: the reference for every measurement that waits for it. */
public final class DiskRate {

    private static final int BYTES = 4_096;

    private DiskRate() {}

    public static double syncsPerSecond(Path file, Duration time) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer block = ByteBuffer.allocate(BYTES);
            long begin = System.nanoTime();
            long end = begin + time.toNanos();
            long syncs = 0;
            while (System.nanoTime() < end) {
                channel.write(block.rewind());
                channel.force(false);
                syncs++;
            }
            return syncs * 1e9 / (System.nanoTime() - begin);
        }
    }
}
