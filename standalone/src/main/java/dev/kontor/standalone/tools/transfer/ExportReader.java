package dev.kontor.standalone.tools.transfer;

import dev.kontor.standalone.tools.console.DamagedExport;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.ZipException;

/** Reads an exported log line by line; only one line is in memory. */
final class ExportReader implements AutoCloseable {

    private static final int LONGEST_LINE = 1 << 29;

    private final GzipMembers members;
    private final byte[] buffer = new byte[1 << 16];
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private int at;
    private int filled;
    private boolean started;

    private ExportReader(GzipMembers members) {
        this.members = members;
    }

    static ExportReader open(Path file) throws IOException {
        return new ExportReader(GzipMembers.open(file));
    }

    /** The end of the last member of the file that was read completely. */
    long wholeUpTo() {
        return members.wholeUpTo();
    }

    /** @throws DamagedExport where the file is cut or damaged, or its line is not of an export */
    ExportLine next() throws IOException {
        byte[] line = nextBytes();
        return line == null ? null : ExportLineCodec.read(line);
    }

    /** Null at the end. */
    byte[] nextBytes() throws IOException {
        try {
            while (true) {
                for (int i = at; i < filled; i++) {
                    if (buffer[i] == '\n') {
                        begun.write(buffer, at, i - at);
                        at = i + 1;
                        byte[] line = begun.toByteArray();
                        begun.reset();
                        return line;
                    }
                }
                begun.write(buffer, at, filled - at);
                if (begun.size() > LONGEST_LINE) {
                    throw new DamagedExport("a line never ends");
                }
                if (!fill()) {
                    if (begun.size() > 0) {
                        throw new DamagedExport("it is cut in the middle of a line");
                    }
                    return null;
                }
            }
        } catch (EOFException e) {
            throw new DamagedExport("it is cut");
        } catch (ZipException e) {
            throw new DamagedExport("its compressed data is damaged (%s)".formatted(e.getMessage()));
        }
    }

    private boolean fill() throws IOException {
        at = 0;
        filled = started ? members.read(buffer) : -1;
        while (filled < 0) {
            filled = 0;
            if (!members.next()) {
                return false;
            }
            started = true;
            filled = members.read(buffer);
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        members.close();
    }
}
