package dev.kontor.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** What the keys of a vault are called, without opening it for use: nothing in its folder is changed, and it may be in use. */
public final class VaultNames {

    /** Files of a vault in use may be replaced while it is read. */
    private static final int TRIES = 5;

    static {
        RocksDB.loadLibrary();
    }

    private VaultNames() {}

    /** Whether there is a vault in this folder. */
    public static boolean isVault(Path folder) {
        return Files.exists(folder.resolve("CURRENT"));
    }

    /**
     * The names of all keys that there are and that were destroyed.
     *
     * @throws BookException where they cannot be read
     */
    public static List<String> in(Path folder) {
        for (int tried = 1; true; tried++) {
            try {
                return read(folder);
            } catch (RocksDBException e) {
                if (tried == TRIES) {
                    throw new BookException("The vault cannot be read: " + e.getMessage(), e);
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
                names.add(Keys.text(keys.key()));
            }
            keys.status();
            return names;
        }
    }
}
