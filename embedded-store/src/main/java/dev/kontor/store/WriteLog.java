package dev.kontor.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Examines one of RocksDB's write-ahead logs without RocksDB, which reports neither the place of damage nor that it
 * dropped a write that was cut short.
 *
 * <p>The file has blocks of 32 KiB. A write is one piece or several, none across the end of a block. A piece is a
 * checksum (4 bytes, CRC32C of kind and content, masked), a length (2), a kind (1: whole, 2: first, 3: middle, 4: last)
 * and the content; numbers are little endian. The rest of a block that no piece fits into is zero.
 *
 * @param damagedAt where the write with a wrong checksum begins, -1 if there is none
 * @param wholeUpTo the end of the last intact write before damage or the end of the file
 * @param tornBytes of a write that was cut short at the end of the file
 */
record WriteLog(Path file, long size, long damagedAt, long wholeUpTo, long tornBytes) {

    private static final int BLOCK = 32 << 10;
    private static final int HEADER = 7;
    private static final int WHOLE = 1;
    private static final int FIRST = 2;
    private static final int MIDDLE = 3;
    private static final int MASK = 0xa282ead8;

    /** All write-ahead logs in a folder, in the order in which they were written. */
    static List<WriteLog> in(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> logs = Files.newDirectoryStream(folder, "*.log")) {
            logs.forEach(files::add);
        }
        files.sort(Comparator.comparing(Path::getFileName));
        List<WriteLog> looked = new ArrayList<>();
        for (Path file : files) {
            looked.add(look(file));
        }
        return looked;
    }

    private static WriteLog look(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer block = ByteBuffer.allocate(BLOCK).order(ByteOrder.LITTLE_ENDIAN);
            long size = channel.size();
            long wholeUpTo = 0;
            long writeBegan = 0;
            for (long begin = 0; begin < size; begin += BLOCK) {
                block.clear();
                while (block.hasRemaining() && channel.read(block, begin + block.position()) > 0) {
                    // Until the block is full or the file ends.
                }
                block.flip();
                while (block.remaining() >= HEADER) {
                    long at = begin + block.position();
                    int checksum = block.getInt();
                    int length = Short.toUnsignedInt(block.getShort());
                    int kind = Byte.toUnsignedInt(block.get());
                    if (kind == 0 && length == 0) {
                        // Preallocated space that was never written.
                        return new WriteLog(file, size, -1, wholeUpTo, at - wholeUpTo);
                    }
                    writeBegan = kind == WHOLE || kind == FIRST ? at : writeBegan;
                    if (length > block.remaining()) {
                        return begin + block.limit() == size && block.limit() < BLOCK
                                ? new WriteLog(file, size, -1, wholeUpTo, size - wholeUpTo)
                                : new WriteLog(file, size, writeBegan, wholeUpTo, 0);
                    }
                    if (checksum != checksum(block, length)) {
                        return new WriteLog(file, size, writeBegan, wholeUpTo, 0);
                    }
                    block.position(block.position() + length);
                    wholeUpTo = kind != FIRST && kind != MIDDLE ? begin + block.position() : wholeUpTo;
                }
            }
            return new WriteLog(file, size, -1, wholeUpTo, torn(wholeUpTo, size));
        }
    }

    /** The bytes of a piece cut short at the end of the file, too few for a header or for its content. */
    private static long torn(long wholeUpTo, long size) {
        boolean isRestOfBlock = size % BLOCK == 0 && size - wholeUpTo < HEADER;
        return isRestOfBlock ? 0 : size - wholeUpTo;
    }

    /** Of the kind, one byte before the buffer's position, and the content after it. */
    private static int checksum(ByteBuffer block, int length) {
        CRC32C crc = new CRC32C();
        crc.update(block.array(), block.position() - 1, length + 1);
        return Integer.rotateRight((int) crc.getValue(), 15) + MASK;
    }

    boolean isDamaged() {
        return damagedAt >= 0;
    }
}
