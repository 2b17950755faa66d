package dev.kontor.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks a folder before RocksDB opens it. RocksDB would create a new database if its main file is missing. */
final class StoreFolder {

    private static final Logger log = LoggerFactory.getLogger(StoreFolder.class);

    private StoreFolder() {}

    /** @throws StoreException if the folder cannot be a store's */
    static void prepare(Path folder) throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new StoreException("%s is a file, and the event store needs a folder".formatted(folder));
        }
        try {
            PrivateFiles.createFolder(folder);
        } catch (IOException e) {
            throw new StoreException("The folder %s cannot be made: %s".formatted(folder, e), e);
        }
        if (!Files.isReadable(folder) || !Files.isWritable(folder) || !Files.isExecutable(folder)) {
            throw mayNotBeWritten(folder, null);
        }
        refuseWithoutMainFile("event store", folder);
    }

    /** @throws StoreException if the folder has files of a database but not the one that names the others */
    static void refuseWithoutMainFile(String what, Path folder) throws IOException {
        if (Files.isDirectory(folder) && !Files.exists(folder.resolve("CURRENT")) && hasData(folder)) {
            throw new StoreException(
                    "The %s in %s is damaged: its file CURRENT is missing. Restore a backup".formatted(what, folder));
        }
    }

    static StoreException mayNotBeWritten(Path folder, Throwable cause) {
        return new StoreException(
                "The folder %s cannot be written by user %s. The event store needs to write there"
                        .formatted(folder, System.getProperty("user.name")),
                cause);
    }

    private static boolean hasData(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.{sst,log}")) {
            return files.iterator().hasNext();
        }
    }

    /**
     * Logs that the last write was cut short. RocksDB drops it silently, which is correct: it was never acknowledged.
     */
    static void tellOfTornWrite(Path folder) throws IOException {
        for (WriteLog writes : WriteLog.in(folder)) {
            if (!writes.isDamaged() && writes.tornBytes() > 0) {
                log.warn(
                        "the last write in {} was cut short when the process or the machine ended; its {} bytes are dropped. "
                                + "Its success was not reported",
                        writes.file(),
                        writes.tornBytes());
            }
        }
    }
}
