package dev.kontor.standalone.crash;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * RocksDB's write-ahead log, decoded independently: blocks of 32 KiB with fragments. One write is one record of one or
 * several fragments.
 *
 * @see <a href="https://github.com/facebook/rocksdb/wiki/Write-Ahead-Log-File-Format">the format</a>
 */
record WriteLog(Path file, List<Write> writes) {

    private static final int BLOCK = 32_768;
    private static final int HEADER = 7;
    /** The header of a file that is used again also has the file's number. */
    private static final int RECYCLABLE_HEADER = 11;

    private static final int RECYCLABLE = 4;

    /**
     * One write with all of its rows.
     *
     * @param begin where its first byte is in the file @param end where the first byte behind it is
     */
    record Write(int begin, int end, byte[] content) {

        /** Whether the write contains this text unchanged. */
        boolean has(String text) {
            return new String(content, StandardCharsets.ISO_8859_1).contains(text);
        }
    }

    /** The newest one in the folder that has a write. */
    static WriteLog lastIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".log"))
                    .sorted(Comparator.reverseOrder())
                    .toList()) {
                List<Write> writes = writes(Files.readAllBytes(file));
                if (!writes.isEmpty()) {
                    return new WriteLog(file, writes);
                }
            }
        }
        throw new IllegalStateException("There is no write-ahead log in " + folder);
    }

    /** The write with this text. */
    Write with(String text) {
        return writes.stream()
                .filter(write -> write.has(text))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("%s is not in %s".formatted(text, file)));
    }

    private static List<Write> writes(byte[] bytes) {
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        List<Write> writes = new ArrayList<>();
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        int begin = 0;
        int at = 0;
        while (at + HEADER <= bytes.length) {
            int leftInBlock = BLOCK - at % BLOCK;
            if (leftInBlock < HEADER) {
                at += leftInBlock;
                continue;
            }
            int length = Short.toUnsignedInt(file.getShort(at + 4));
            int type = bytes[at + 6];
            if (type == 0) {
                // Preallocated space.
                break;
            }
            int header = type > RECYCLABLE && type <= 2 * RECYCLABLE ? RECYCLABLE_HEADER : HEADER;
            int part = header == RECYCLABLE_HEADER ? type - RECYCLABLE : type;
            int end = at + header + length;
            // Full, first, middle, last; other types describe the file.
            if (part == 1 || part == 2) {
                begin = at;
                content.reset();
            }
            content.write(bytes, at + header, length);
            if (part == 1 || part == 4) {
                writes.add(new Write(begin, end, content.toByteArray()));
            }
            at = end;
        }
        return writes;
    }
}
