package dev.kontor.store.documents;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.DuplicateKeyError;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * An index over some fields: a row for each document, in the order of the fields' values and then of the ids. It is
 * written with the documents, under the lock of their collection.
 */
final class FieldIndex extends Index<DocumentKey> {

    private final DocumentCollection documents;
    private final boolean unique;
    private final int number;
    private volatile boolean complete;
    private volatile boolean sorted;

    /** @param stored the row that says that the index is complete; null where it is to be filled */
    FieldIndex(
            DocumentCollection documents,
            String name,
            List<IndexKey> keys,
            boolean unique,
            boolean sparse,
            int number,
            byte[] stored) {
        super(name, keys, sparse);
        this.documents = documents;
        this.unique = unique;
        this.number = number;
        this.complete = stored != null;
        this.sorted = stored == null || stored[4] == 1;
    }

    int number() {
        return number;
    }

    boolean isComplete() {
        return complete;
    }

    /** Whether the rows stand in the order in which a query would sort the documents, one for each of them. */
    boolean isSorted() {
        return sorted && !isSparse();
    }

    /** From now on, and after a restart, the index can be trusted. */
    void completed() {
        describe();
        complete = true;
    }

    private void describe() {
        documents
                .changes()
                .put(
                        RowKeys.index(documents.number(), getName()),
                        ByteBuffer.allocate(5)
                                .putInt(number)
                                .put((byte) (sorted ? 1 : 0))
                                .array());
    }

    @Override
    public DocumentKey getPosition(Document document) {
        return documents.keyOf(document);
    }

    @Override
    public void checkAdd(Document document, MongoCollection<DocumentKey> collection) {
        checkUpdate(null, document, collection);
    }

    @Override
    public void checkUpdate(Document before, Document after, MongoCollection<DocumentKey> collection) {
        if (!unique || isLeftOut(after) || before != null && isSame(before, after)) {
            return;
        }
        documents.flush();
        for (KeyValue values : getKeyValues(after)) {
            byte[] prefix = RowKeys.indexRow(number, encode(values));
            byte[] own = append(prefix, documents.keyOf(after));
            Scan others = new Scan(documents.rows(), RowKeys.beginningWith(prefix), false);
            while (others.hasNext()) {
                if (!Arrays.equals(others.next().key(), own)) {
                    throw new DuplicateKeyError(this, collection, getKeys(), values);
                }
            }
        }
    }

    @Override
    public void add(Document document, DocumentKey position, MongoCollection<DocumentKey> collection) {
        rowsOf(document).forEach(row -> documents.changes().put(row.array(), position.bytes()));
    }

    @Override
    public DocumentKey remove(Document document) {
        rowsOf(document).forEach(row -> documents.changes().delete(row.array()));
        return documents.keyOf(document);
    }

    @Override
    public void updateInPlace(
            Document before, Document after, DocumentKey position, MongoCollection<DocumentKey> collection) {
        if (isSame(before, after)) {
            return;
        }
        Set<ByteBuffer> old = rowsOf(before);
        Set<ByteBuffer> now = rowsOf(after);
        old.stream()
                .filter(row -> !now.contains(row))
                .forEach(row -> documents.changes().delete(row.array()));
        now.stream()
                .filter(row -> !old.contains(row))
                .forEach(row -> documents.changes().put(row.array(), position.bytes()));
    }

    private boolean isSame(Document before, Document after) {
        for (IndexKey key : getKeys()) {
            if (!Objects.equals(value(before, key), value(after, key))) {
                return false;
            }
        }
        return true;
    }

    private static Object value(Document document, IndexKey key) {
        return Utils.getSubdocumentValueCollectionAware(document, key.getKey());
    }

    private Set<ByteBuffer> rowsOf(Document document) {
        if (isLeftOut(document)) {
            return Set.of();
        }
        Set<KeyValue> all = getKeyValues(document);
        if (sorted
                && (all.size() > 1
                        || !all.stream().allMatch(values -> values.stream().allMatch(SortKey::isSorted)))) {
            sorted = false;
            if (complete) {
                describe();
            }
        }
        DocumentKey position = documents.keyOf(document);
        Set<ByteBuffer> rows = new LinkedHashSet<>();
        all.forEach(values -> rows.add(ByteBuffer.wrap(append(RowKeys.indexRow(number, encode(values)), position))));
        return rows;
    }

    private boolean isLeftOut(Document document) {
        return isSparse()
                && keys().stream().allMatch(key -> Utils.getSubdocumentValue(document, key) instanceof Missing);
    }

    /** One more field behind the beginning of a row. @param value sortable bytes, as of an ascending field */
    byte[] extend(byte[] beginning, int field, byte[] value) {
        ByteBuffer extended =
                ByteBuffer.allocate(beginning.length + value.length).put(beginning);
        for (byte each : value) {
            extended.put(getKeys().get(field).isAscending() ? each : (byte) ~each);
        }
        return extended.array();
    }

    private byte[] encode(Iterable<?> values) {
        SortKey key = new SortKey();
        int field = 0;
        for (Object value : values) {
            key.add(value, getKeys().get(field++).isAscending());
        }
        return key.toBytes();
    }

    private static byte[] append(byte[] prefix, DocumentKey position) {
        return ByteBuffer.allocate(prefix.length + position.bytes().length)
                .put(prefix)
                .put(position.bytes())
                .array();
    }

    @Override
    public boolean canHandle(Document query) {
        return false; // the collection plans its queries itself
    }

    @Override
    public Iterable<DocumentKey> getPositions(Document query) {
        throw new UnsupportedOperationException("The collection plans its queries itself");
    }

    @Override
    public long getCount() {
        long count = 0;
        for (Scan rows = new Scan(documents.rows(), RowKeys.indexRows(number), false); rows.hasNext(); rows.next()) {
            count++;
        }
        return count;
    }

    /** The collection fills it. */
    @Override
    public boolean isEmpty() {
        return false;
    }

    @Override
    public long getDataSize() {
        RowKeys.Range range = RowKeys.indexRows(number);
        return documents.rows().size(range.from(), range.to());
    }

    @Override
    public void drop() {
        documents.dropIndexRows(this);
    }

    @Override
    public boolean isUnique() {
        return unique;
    }
}
