package dev.kontor.store.documents;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** What the change of one document makes of the rows, gathered until it is written as one. */
final class Changes {

    private interface Change {
        void addTo(WriteBatch batch) throws RocksDBException;
    }

    private final ViewFiles files;
    private final List<Change> changes = new ArrayList<>();

    Changes(ViewFiles files) {
        this.files = files;
    }

    void put(byte[] key, byte[] value) {
        changes.add(batch -> batch.put(key, value));
    }

    void put(byte[] key, long value) {
        put(key, ByteBuffer.allocate(8).putLong(value).array());
    }

    void delete(byte[] key) {
        changes.add(batch -> batch.delete(key));
    }

    void delete(RowKeys.Range range) {
        changes.add(batch -> batch.deleteRange(range.from(), range.to()));
    }

    void forget() {
        changes.clear();
    }

    /** All of it or nothing of it. */
    void write() {
        try (WriteBatch batch = new WriteBatch()) {
            for (Change change : changes) {
                change.addTo(batch);
            }
            files.write(batch);
        } catch (RocksDBException e) {
            throw new ViewFilesException("The views cannot be written: " + e.getMessage(), e);
        } finally {
            forget();
        }
    }
}
