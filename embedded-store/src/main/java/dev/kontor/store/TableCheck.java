package dev.kontor.store;

import java.util.function.Consumer;
import org.rocksdb.LiveFileMetaData;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;

/** Verifies the checksum of every block of every table. Reads each file once and continues after damage. */
final class TableCheck {

    private final RocksDB rocks;
    private final Consumer<String> damage;
    private int tables;
    private long bytes;

    TableCheck(RocksDB rocks, Consumer<String> damage) {
        this.rocks = rocks;
        this.damage = damage;
    }

    LogReader.Tables run() {
        try (Options options = new Options()) {
            for (LiveFileMetaData table : rocks.getLiveFilesMetaData()) {
                verify(table, options);
                tables++;
                bytes += table.size();
            }
        }
        return new LogReader.Tables(tables, bytes);
    }

    private void verify(LiveFileMetaData table, Options options) {
        try (SstFileReader file = new SstFileReader(options)) {
            file.open(table.path() + table.fileName());
            file.verifyChecksum();
        } catch (RocksDBException e) {
            damage.accept("file %s of column %s is damaged: %s"
                    .formatted(
                            table.fileName().substring(1), KeyEncoding.text(table.columnFamilyName()), e.getMessage()));
        }
    }
}
