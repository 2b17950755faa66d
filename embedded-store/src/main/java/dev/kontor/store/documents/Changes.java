package dev.kontor.store.documents;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * What is to be written: of one document after the other, until all of it is written as one. What the change of a
 * document makes of the rows is gathered as a whole, or forgotten. For one thread at a time.
 */
final class Changes {

    private interface Change {
        void addTo(WriteBatch batch) throws RocksDBException;
    }

    /** What a row will be. */
    record Pending(byte[] value) {}

    private final ViewFiles files;
    private final List<Change> unfinished = new ArrayList<>();
    private final List<Change> gathered = new ArrayList<>();
    /** The documents of what is gathered: whoever goes on from there must not look at the rows. */
    private final Map<DocumentKey, Pending> documents = new HashMap<>();

    Changes(ViewFiles files) {
        this.files = files;
    }

    void put(byte[] row, byte[] value) {
        unfinished.add(batch -> batch.put(row, value));
    }

    void delete(byte[] row) {
        unfinished.add(batch -> batch.delete(row));
    }

    void delete(RowKeys.Range range) {
        unfinished.add(batch -> batch.deleteRange(range.from(), range.to()));
    }

    /** The last change of a document: from now on all of it will be written. @param value null where it is deleted */
    void finish(DocumentKey key, byte[] row, byte[] value) {
        if (value == null) {
            delete(row);
        } else {
            put(row, value);
        }
        finish();
        documents.put(key, new Pending(value));
    }

    void finish() {
        gathered.addAll(unfinished);
        unfinished.clear();
    }

    void forgetUnfinished() {
        unfinished.clear();
    }

    /** Null where nothing of this document is gathered. */
    Pending of(DocumentKey key) {
        return documents.get(key);
    }

    boolean isEmpty() {
        return gathered.isEmpty();
    }

    /** All that is gathered, or nothing of it. */
    void write() {
        try (WriteBatch batch = new WriteBatch()) {
            for (Change change : gathered) {
                change.addTo(batch);
            }
            files.write(batch);
        } catch (RocksDBException e) {
            throw new ViewFilesException("The views cannot be written: " + e.getMessage(), e);
        } finally {
            gathered.clear();
            documents.clear();
        }
    }
}
