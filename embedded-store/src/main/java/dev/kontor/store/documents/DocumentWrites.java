package dev.kontor.store.documents;

import static dev.kontor.store.documents.DocumentStore.bytes;
import static dev.kontor.store.documents.DocumentStore.unwritable;

import java.util.List;
import java.util.Set;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.serialization.Serializer;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** Collects one write. For one thread. */
public final class DocumentWrites {

    private final DocumentStore store;
    private final WriteBatch batch;
    private final Serializer serializer;
    private int indexRowsDeleted;

    DocumentWrites(DocumentStore store, WriteBatch batch, Serializer serializer) {
        this.store = store;
        this.batch = batch;
        this.serializer = serializer;
    }

    /** Null if there is none. Does not see what this write puts. */
    public byte[] find(String collection, String id) {
        return store.find(collection, id);
    }

    public void put(String collection, String id, byte[] document) {
        try {
            batch.put(RowKeys.document(store.number(collection), bytes(id)), document);
        } catch (RocksDBException e) {
            throw unwritable(e);
        }
    }

    /**
     * A row of an index is written once and deleted once, so a deletion leaves nothing behind.
     *
     * @param before the document's entries in the index, none if it is new
     * @param after its entries from now on
     */
    public void index(String collection, String index, String id, Set<List<Object>> before, Set<List<Object>> after) {
        int number = store.number(DeclaredView.part(collection, index));
        try {
            for (List<Object> entry : before) {
                if (!after.contains(entry)) {
                    batch.singleDelete(RowKeys.indexRow(number, IndexKey.place(entry, id)));
                    indexRowsDeleted++;
                }
            }
            for (List<Object> entry : after) {
                if (!before.contains(entry)) {
                    batch.put(RowKeys.indexRow(number, IndexKey.place(entry, id)), bytes(id));
                }
            }
        } catch (RocksDBException e) {
            throw unwritable(e);
        }
    }

    /** @param token null for the beginning of the log */
    public void token(String view, int segment, TrackingToken token) {
        try {
            batch.put(RowKeys.token(view, segment), TokenRow.encode(token, serializer));
        } catch (RocksDBException e) {
            throw unwritable(e);
        }
    }

    void deleteToken(String view, int segment) {
        try {
            batch.delete(RowKeys.token(view, segment));
        } catch (RocksDBException e) {
            throw unwritable(e);
        }
    }

    /** @param row of a dead letter; null deletes it */
    public void letter(String queue, String sequence, long position, byte[] row) {
        byte[] key = RowKeys.letter(queue, sequence, position);
        try {
            if (row == null) {
                batch.delete(key);
            } else {
                batch.put(key, row);
            }
        } catch (RocksDBException e) {
            throw unwritable(e);
        }
    }

    int indexRowsDeleted() {
        return indexRowsDeleted;
    }
}
