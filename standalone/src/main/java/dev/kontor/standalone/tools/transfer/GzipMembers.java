package dev.kontor.standalone.tools.transfer;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Reads a gzip file member by member (RFC 1952) and records where each ends: a truncated file is valid up to there and
 * can be continued. The JDK's reader joins the members.
 */
final class GzipMembers implements AutoCloseable {

    private static final int BUFFER = 1 << 16;
    private static final int TRAILER = 8;

    private final InputStream file;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final byte[] compressed = new byte[BUFFER];
    private int at;
    private int filled;
    private long readFromFile;
    private long wholeUpTo;
    private boolean inMember;

    private GzipMembers(InputStream file) {
        this.file = file;
    }

    static GzipMembers open(Path file) throws IOException {
        return new GzipMembers(new BufferedInputStream(Files.newInputStream(file), BUFFER));
    }

    /** The end of the last member that was read completely and whose checksum is right. */
    long wholeUpTo() {
        return wholeUpTo;
    }

    /**
     * Advances to the next member.
     *
     * @return whether there is one
     * @throws EOFException where the file ends in the middle of one
     * @throws ZipException where it is damaged
     */
    boolean next() throws IOException {
        if (inMember) {
            throw new IllegalStateException("The member before is to be read to its end first");
        }
        if (at == filled && !fill()) {
            return false;
        }
        if (one() != 0x1f || one() != 0x8b || one() != 8) {
            throw new ZipException("not gzip");
        }
        int flags = one();
        for (int i = 0; i < 6; i++) {
            one();
        }
        if ((flags & 4) != 0) {
            for (int left = one() | one() << 8; left > 0; left--) {
                one();
            }
        }
        skipText(flags & 8);
        skipText(flags & 16);
        if ((flags & 2) != 0) {
            one();
            one();
        }
        inflater.reset();
        crc.reset();
        inMember = true;
        return true;
    }

    private void skipText(int flag) throws IOException {
        while (flag != 0 && one() != 0) {
            // A zero byte ends it.
        }
    }

    /** Some bytes of the member; -1 at its end. */
    int read(byte[] into) throws IOException {
        if (!inMember) {
            return -1;
        }
        try {
            while (true) {
                int length = inflater.inflate(into);
                if (length > 0) {
                    crc.update(into, 0, length);
                    return length;
                }
                if (inflater.finished()) {
                    end();
                    return -1;
                }
                if (inflater.needsDictionary()) {
                    throw new ZipException("a dictionary is required");
                }
                need();
                inflater.setInput(compressed, at, filled - at);
                at = filled;
            }
        } catch (DataFormatException e) {
            throw new ZipException(String.valueOf(e.getMessage()));
        }
    }

    private void end() throws IOException {
        at = filled - inflater.getRemaining();
        long said = number();
        long size = number();
        if (said != crc.getValue() || size != (inflater.getBytesWritten() & 0xFFFF_FFFFL)) {
            throw new ZipException("a checksum does not hold");
        }
        inMember = false;
        wholeUpTo = readFromFile - (filled - at);
    }

    /** 4 bytes, the lowest first. */
    private long number() throws IOException {
        long number = 0;
        for (int i = 0; i < TRAILER / 2; i++) {
            number |= (long) one() << (8 * i);
        }
        return number;
    }

    private int one() throws IOException {
        need();
        return compressed[at++] & 0xFF;
    }

    private void need() throws IOException {
        if (at == filled && !fill()) {
            throw new EOFException("the file is cut");
        }
    }

    private boolean fill() throws IOException {
        int length = file.read(compressed);
        at = 0;
        filled = Math.max(0, length);
        readFromFile += filled;
        return length > 0;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        file.close();
    }
}
