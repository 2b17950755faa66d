package dev.kontor.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The least that a durable log does: one thread writes all waiting bytes to a file, syncs it, and then releases the
 * threads that wait. It has no index, checks nothing, and nothing can be read from it.
 */
final class PlainGroupCommit implements AutoCloseable {

    private static final int GROUP_AT_MOST = 1_000;
    private static final int BUFFER_BYTES = 4 << 20;

    private record Write(byte[] bytes, CompletableFuture<Void> durable) {}

    private final BlockingQueue<Write> waiting = new ArrayBlockingQueue<>(10 * GROUP_AT_MOST);
    private final FileChannel file;
    private final Thread thread;
    private volatile boolean closed;

    PlainGroupCommit(Path path) throws IOException {
        file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        thread = Thread.ofPlatform().name("plain-committer").start(this::run);
    }

    /** On return the bytes are durable. At most 4 KiB. */
    void append(byte[] bytes) {
        Write write = new Write(bytes, new CompletableFuture<>());
        try {
            waiting.put(write);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        write.durable().join();
    }

    private void run() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        List<Write> group = new ArrayList<>();
        while (!closed) {
            group.clear();
            try {
                Write first = waiting.poll(100, TimeUnit.MILLISECONDS);
                if (first != null) {
                    group.add(first);
                    waiting.drainTo(group, GROUP_AT_MOST - 1);
                    write(group, buffer.clear());
                    group.forEach(write -> write.durable().complete(null));
                }
            } catch (IOException | InterruptedException e) {
                group.forEach(write -> write.durable().completeExceptionally(e));
            }
        }
    }

    private void write(List<Write> group, ByteBuffer buffer) throws IOException {
        group.forEach(write -> buffer.put(write.bytes()));
        buffer.flip();
        while (buffer.hasRemaining()) {
            file.write(buffer);
        }
        file.force(false);
    }

    @Override
    public void close() throws IOException {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        file.close();
    }
}
