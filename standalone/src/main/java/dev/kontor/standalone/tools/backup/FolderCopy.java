package dev.kontor.standalone.tools.backup;

import dev.kontor.standalone.platform.Folders;
import dev.kontor.standalone.tools.backup.Manifest.Entry;
import dev.kontor.standalone.tools.console.ProgressOutput;
import dev.kontor.standalone.tools.console.ToolException;
import dev.kontor.store.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Copies the files of a folder byte for byte and syncs them: a link would share its damage with the original. */
final class FolderCopy {

    private static final int BUFFER = 1 << 20;

    private final ProgressOutput progress;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private long copied;

    FolderCopy(ProgressOutput progress) {
        this.progress = progress;
    }

    /** Bytes in the files of a folder. */
    static long sizeOf(Path folder) throws IOException {
        long size = 0;
        for (Path file : filesIn(folder)) {
            size += Files.size(file);
        }
        return size;
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** @throws ToolException where the file system has too little space */
    static void refuseWithoutRoom(Path folder, long bytes) throws IOException {
        long space = Files.getFileStore(folder).getUsableSpace();
        if (space < bytes) {
            throw new ToolException("%s has space for %,d bytes, and %,d are needed".formatted(folder, space, bytes));
        }
    }

    /** @param to is there, and empty @return what was copied */
    List<Entry> copy(Path from, Path to) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (Path file : filesIn(from)) {
            entries.add(copyFile(file, to.resolve(file.getFileName())));
        }
        Folders.sync(to);
        return entries;
    }

    /** @throws ToolException where a file does not match the manifest */
    void copy(Path from, Path to, List<Entry> expected) throws IOException {
        for (Entry entry : expected) {
            Path file = from.resolve(entry.name()).normalize();
            if (!from.equals(file.getParent())) {
                throw new ToolException("A backup has no file '%s'".formatted(entry.name()));
            }
            if (!Files.isRegularFile(file)) {
                throw new ToolException("The backup is damaged: %s is missing".formatted(file));
            }
            if (!copyFile(file, to.resolve(entry.name())).equals(entry)) {
                throw new ToolException("The backup is damaged: %s differs from what was written".formatted(file));
            }
        }
        Folders.sync(to);
    }

    private Entry copyFile(Path from, Path to) throws IOException {
        MessageDigest digest = sha256();
        long size = 0;
        try (FileChannel in = FileChannel.open(from, StandardOpenOption.READ);
                FileChannel out = PrivateFiles.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int length = in.read(buffer.clear()); length >= 0; length = in.read(buffer.clear())) {
                digest.update(buffer.array(), 0, length);
                buffer.flip();
                while (buffer.hasRemaining()) {
                    out.write(buffer);
                }
                size += length;
                copied += length;
                progress.at(copied);
            }
            out.force(true);
        }
        return new Entry(from.getFileName().toString(), size, HexFormat.of().formatHex(digest.digest()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** Writes a new file that is durable on return. */
    static void writeSynced(Path file, byte[] content) throws IOException {
        try (FileChannel out = PrivateFiles.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
    }
}
