package dev.kontor.standalone.tools.transfer;

import dev.kontor.store.PrivateFiles;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Writes lines into gzip members, each of which can be read alone; together they are one gzip file. */
final class ExportWriter implements AutoCloseable {

    /** Both the loss by a kill and the distance of marks are at most this. */
    static final int LINES_AT_MOST = 10_000;

    private static final int BYTES_AT_MOST = 16 << 20;
    private static final int BUFFER = 1 << 16;

    private final FileChannel channel;
    private final int linesAtMost;
    private final OutputStream file;
    private OutputStream member;
    private int lines;
    private long bytes;

    private ExportWriter(FileChannel channel, int linesAtMost) {
        this.channel = channel;
        this.linesAtMost = linesAtMost;
        this.file = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
    }

    /** @param from the file is truncated here @param linesAtMost of a member */
    static ExportWriter open(Path file, long from, int linesAtMost) throws IOException {
        FileChannel channel = PrivateFiles.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel.truncate(from).position(from);
        return new ExportWriter(channel, linesAtMost);
    }

    void write(ExportLine line) throws IOException {
        if (member == null) {
            member = new BufferedOutputStream(new Member(file), BUFFER);
        }
        byte[] written = ExportLineCodec.write(line);
        member.write(written);
        member.write('\n');
        lines++;
        bytes += written.length;
    }

    /** Whether a member is open. */
    boolean hasBegun() {
        return member != null;
    }

    /** Whether the member has its full size. */
    boolean isFull() {
        return lines >= linesAtMost || bytes >= BYTES_AT_MOST;
    }

    void endMember() throws IOException {
        if (member != null) {
            member.close();
            file.flush();
            member = null;
            lines = 0;
            bytes = 0;
        }
    }

    /** Everything is durable on return. */
    void finish() throws IOException {
        endMember();
        channel.force(true);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Ends its member and not the file. */
    private static final class Member extends GZIPOutputStream {

        Member(OutputStream file) throws IOException {
            super(
                    new FilterOutputStream(file) {
                        @Override
                        public void write(byte[] from, int offset, int length) throws IOException {
                            out.write(from, offset, length);
                        }

                        @Override
                        public void close() {
                            // The next member continues in it.
                        }
                    },
                    BUFFER);
            // The export runs beside the server, which needs the processor.
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
