package dev.kontor.query.platform;

import dev.kontor.grpc.platform.StartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderManager;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.store.NRTCachingDirectory;

/** The open files of a {@link LuceneIndex}. */
record IndexFiles(
        Path folder, Directory directory, IndexWriter writer, ReaderManager readers, Map<String, String> notes) {

    /** Has the reason why the index must not be used, until it is discarded. */
    private static final String CONDEMNED = "THROW-AWAY";

    private static final double WRITE_BUFFER_MB = 16;
    /** New segments up to this size stay in memory until the next commit. */
    private static final double LARGEST_IN_MEMORY_MB = 2;

    private static final double MOST_IN_MEMORY_MB = 16;

    /** Why an index cannot be used. */
    static final class UnfitException extends Exception {
        UnfitException(String why) {
            super(why);
        }
    }

    /** Decides by the notes of the last commit. */
    interface Check {
        void check(Map<String, String> notes) throws UnfitException;
    }

    /**
     * Opens the index in a folder, or begins one. Its checksums are compared with its content.
     *
     * @throws UnfitException if it has to be discarded
     */
    static IndexFiles open(Path folder, IndexWriterConfig settings, Check check) throws IOException, UnfitException {
        createFolder(folder);
        if (Files.exists(folder.resolve(CONDEMNED))) {
            throw new UnfitException(Files.readString(folder.resolve(CONDEMNED)));
        }
        Directory directory =
                new NRTCachingDirectory(FSDirectory.open(folder), LARGEST_IN_MEMORY_MB, MOST_IN_MEMORY_MB);
        IndexWriter writer = null;
        try {
            Map<String, String> notes = Map.of();
            if (DirectoryReader.indexExists(directory)) {
                notes = SegmentInfos.readLatestCommit(directory).getUserData();
                check.check(notes);
            }
            writer = new IndexWriter(directory, writing(settings));
            IndexFiles files = new IndexFiles(folder, directory, writer, new ReaderManager(writer), notes);
            files.checkIntegrity();
            return files;
        } catch (LockObtainFailedException e) {
            directory.close();
            throw new StartException("Another process uses the search index in %s".formatted(folder), e);
        } catch (IOException | RuntimeException | UnfitException e) {
            if (writer != null) {
                writer.rollback();
            }
            directory.close();
            throw e;
        }
    }

    private static IndexWriterConfig writing(IndexWriterConfig settings) {
        ConcurrentMergeScheduler merges = new ConcurrentMergeScheduler();
        merges.setMaxMergesAndThreads(2, 1);
        return settings.setRAMBufferSizeMB(WRITE_BUFFER_MB)
                .setCommitOnClose(false)
                .setUseCompoundFile(false)
                .setMergeScheduler(merges);
    }

    private static void createFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            boolean hasOwners =
                    folder.getFileSystem().supportedFileAttributeViews().contains("posix");
            if (folder.getParent() != null) {
                Files.createDirectories(folder.getParent());
            }
            if (hasOwners) {
                Files.createDirectory(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } else {
                Files.createDirectory(folder);
            }
        }
    }

    private void checkIntegrity() throws IOException {
        DirectoryReader reader = readers.acquire();
        try {
            for (LeafReaderContext leaf : reader.leaves()) {
                ((CodecReader) leaf.reader()).checkIntegrity();
            }
        } finally {
            readers.release(reader);
        }
    }

    static void condemn(Path folder, String why) {
        try {
            createFolder(folder);
            Files.writeString(folder.resolve(CONDEMNED), why);
        } catch (IOException e) {
            throw new UncheckedIOException("The damage of %s cannot be recorded".formatted(folder), e);
        }
    }

    /** Deletes everything, the note with the reason last: an interrupted deletion goes on at the next opening. */
    static void discard(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(path -> !path.equals(folder) && !path.equals(folder.resolve(CONDEMNED)))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
        Files.deleteIfExists(folder.resolve(CONDEMNED));
    }

    /** Links the files of the last commit, which are on the disk and never change, in a new folder. */
    void link(Path target) throws IOException {
        createFolder(target);
        for (String file : SegmentInfos.readLatestCommit(directory).files(true)) {
            Files.createLink(target.resolve(file), folder.resolve(file));
        }
    }

    /** Forgets what is not committed. */
    void close() throws IOException {
        try (directory) {
            readers.close();
            writer.rollback();
        }
    }
}
