package dev.kontor.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** Reads the names of a vault's keys, which may be in use, and changes nothing in its folder. */
public final class VaultNames {

    /** Files of a vault in use may be replaced during the read. */
    private static final int TRIES = 5;

    static {
        RocksDB.loadLibrary();
    }

    private VaultNames() {}

    /**
     * Whether there is a vault in this folder.
     *
     * @throws StoreException if the folder has files of a vault but not the one that names the others
     */
    public static boolean isVault(Path folder) {
        try {
            StoreFolder.refuseWithoutMainFile("vault", folder);
            return Files.exists(folder.resolve("CURRENT"));
        } catch (IOException e) {
            throw new StoreException("The folder %s cannot be read: %s".formatted(folder, e), e);
        }
    }

    /**
     * The names of all keys, including destroyed ones.
     *
     * @throws StoreException if they cannot be read
     */
    public static List<String> in(Path folder) {
        for (int tried = 1; true; tried++) {
            try {
                return read(folder);
            } catch (RocksDBException e) {
                if (tried == TRIES) {
                    throw new StoreException("The vault in %s cannot be read: %s".formatted(folder, e.getMessage()), e);
                }
            }
        }
    }

    private static List<String> read(Path folder) throws RocksDBException {
        try (Options options = new Options();
                RocksDB database = RocksDB.openReadOnly(options, folder.toString());
                RocksIterator keys = database.newIterator()) {
            List<String> names = new ArrayList<>();
            for (keys.seekToFirst(); keys.isValid(); keys.next()) {
                names.add(KeyEncoding.text(keys.key()));
            }
            keys.status();
            return names;
        }
    }
}
