package dev.kontor.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What can be told of a folder before RocksDB has it. RocksDB would make a new database where its main file is missing. */
final class StoreFolder {

    private static final Logger log = LoggerFactory.getLogger(StoreFolder.class);

    private StoreFolder() {}

    /** @throws StoreException where it cannot be a store's folder */
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

    /** @throws StoreException where there are files of a database, and not the one that names the others */
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

    /** Says that a last write was cut short: RocksDB drops it in silence, which is right, because nobody was told of it. */
    static void tellOfTornWrite(Path folder) throws IOException {
        for (WriteLog writes : WriteLog.in(folder)) {
            if (!writes.isDamaged() && writes.tornBytes() > 0) {
                log.warn(
                        "the last write in {} was cut short when the process or the machine ended; its {} bytes are dropped. "
                                + "Nobody was told that it succeeded",
                        writes.file(),
                        writes.tornBytes());
            }
        }
    }
}
