package dev.kontor.store.documents;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractMongoCollection;
import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DocumentWithPosition;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.IndexBuildFailedException;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.exception.MongoServerException;
import de.bwaldvogel.mongo.oplog.Oplog;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * One collection. Writes go one after the other, each document's change with its index rows as one. Reads take no lock:
 * they decode documents of their own from what was there when they looked.
 */
final class DocumentCollection extends AbstractMongoCollection<DocumentKey> {

    private final ViewFiles files;
    private final int number;
    private final Search search;
    private final Writing writing;
    /** For readers, who take no lock. */
    private volatile List<FieldIndex> fieldIndexes = List.of();

    private DocumentKey keyOfAdded;
    private volatile boolean dropped;

    DocumentCollection(
            MongoDatabase database,
            String name,
            CollectionOptions options,
            CursorRegistry cursors,
            ViewFiles files,
            int number) {
        super(database, name, options, cursors);
        this.files = files;
        this.number = number;
        this.writing = new Writing(files, number);
        this.search = new Search(this, files);
        if (IdIndex.FIELD.equals(getIdField())) {
            addIndex(new IdIndex(this));
        }
    }

    int number() {
        return number;
    }

    Rows rows() {
        return files.rows();
    }

    /** Of the write that is under way. */
    Changes changes() {
        return writing.changes();
    }

    boolean isWriting() {
        return writing.isMine();
    }

    <T> T write(Supplier<T> work) {
        return writing.write(work);
    }

    /** Writes what is gathered; to be called before rows are walked that may be among it. */
    void flush() {
        writing.flush();
    }

    List<FieldIndex> fieldIndexes() {
        return fieldIndexes;
    }

    /** Null where there is none of that name. */
    Index<DocumentKey> index(String name) {
        return getIndexes().stream()
                .filter(index -> index.getName().equals(name))
                .findFirst()
                .orElse(null);
    }

    DocumentKey keyOf(Document document) {
        return DocumentKey.of(document.get(getIdField()));
    }

    /** A document's bytes, null where there is none; for a writer, with what it has gathered. */
    byte[] stored(DocumentKey key) {
        Changes.Pending pending = isWriting() ? changes().of(key) : null;
        return pending != null ? pending.value() : rows().get(row(key));
    }

    private byte[] row(DocumentKey key) {
        return RowKeys.document(number, key.bytes());
    }

    @Override
    public void addDocument(Document document) {
        writing.write(() -> {
            super.addDocument(document);
            writing.finish(keyOfAdded, row(keyOfAdded), Bson.encode(document), 1);
        });
    }

    @Override
    protected DocumentKey addDocumentInternal(Document document) {
        refuseWhereDropped();
        // Descriptions of indexes have no id of their own.
        keyOfAdded = getIdField() == null ? DocumentKey.of(UUID.randomUUID()) : keyOf(document);
        return keyOfAdded;
    }

    private void refuseWhereDropped() {
        if (dropped) {
            // Else it would stand where nobody ever looks.
            throw new MongoServerException("The collection " + getFullName() + " was dropped");
        }
    }

    @Override
    protected void handleUpdate(DocumentKey key, Document before, Document after) {
        refuseWhereDropped();
        writing.finish(key, row(key), Bson.encode(after), 0);
    }

    @Override
    public void removeDocument(Document document) {
        writing.write(() -> super.removeDocument(document));
    }

    @Override
    protected void removeDocument(DocumentKey key) {
        writing.finish(key, row(key), null, -1);
    }

    @Override
    public List<Document> insertDocuments(List<Document> documents, boolean ordered) {
        return write(() -> super.insertDocuments(documents, ordered));
    }

    @Override
    public Document updateDocuments(
            Document selector, Document update, ArrayFilters filters, boolean multi, boolean upsert, Oplog oplog) {
        return write(() -> super.updateDocuments(selector, update, filters, multi, upsert, oplog));
    }

    @Override
    public int deleteDocuments(Document selector, int limit, Oplog oplog) {
        return write(() -> super.deleteDocuments(selector, limit, oplog));
    }

    @Override
    public Document findAndModify(Document query) {
        return write(() -> super.findAndModify(query));
    }

    @Override
    public void addIndex(Index<DocumentKey> index) {
        writing.write(() -> {
            if (index instanceof FieldIndex fields && !fields.isComplete()) {
                fill(fields);
            }
            super.addIndex(index);
            noteIndexes();
        });
    }

    private void fill(FieldIndex index) {
        try {
            streamAllDocumentsWithPosition().forEach(each -> {
                index.checkAdd(each.getDocument(), this);
                index.add(each.getDocument(), each.getPosition(), this);
                changes().finish();
                changes().write();
            });
        } catch (MongoServerError duplicate) {
            dropIndexRows(index);
            throw new IndexBuildFailedException(duplicate, this);
        }
        index.completed();
        changes().finish();
    }

    @Override
    public void dropIndex(String name) {
        writing.write(() -> {
            super.dropIndex(name);
            noteIndexes();
        });
    }

    private void noteIndexes() {
        fieldIndexes = getIndexes().stream()
                .filter(FieldIndex.class::isInstance)
                .map(FieldIndex.class::cast)
                .toList();
    }

    void dropIndexRows(FieldIndex index) {
        RowKeys.Range range = RowKeys.indexRows(index.number());
        changes().forgetUnfinished();
        changes().delete(RowKeys.index(number, index.getName()));
        changes().delete(range);
        changes().finish();
        flush();
        rows().giveBack(range.from(), range.to());
    }

    @Override
    public void drop() {
        writing.write(() -> {
            RowKeys.Range range = RowKeys.documents(number);
            changes().delete(RowKeys.collection(getFullName()));
            changes().delete(RowKeys.count(number));
            changes().delete(range);
            changes().finish();
            flush();
            dropped = true;
            writing.emptied();
            List.copyOf(fieldIndexes).forEach(this::dropIndexRows);
            getIndexes().clear();
            noteIndexes();
            rows().giveBack(range.from(), range.to());
        });
    }

    @Override
    protected QueryResult queryDocuments(
            Document query, Document sort, int skip, int limit, int batchSize, Document fields) {
        // A write that walks an index would meet again what it has moved there.
        boolean mayUseIndexes = !isWriting();
        return search.find(new Search.Request(query, sort, skip, limit, batchSize, fields), mayUseIndexes);
    }

    @Override
    protected QueryResult matchDocuments(
            Document query, Document sort, int skip, int limit, int batchSize, Document fields) {
        return queryDocuments(query, sort, skip, limit, batchSize, fields);
    }

    /** As a client sees it. */
    Document project(Document document, Document fields) {
        return matchDocumentsFromStream(new Document(), Stream.of(document), 0, 0, 0, null, fields)
                .iterator()
                .next();
    }

    QueryResult answer(List<Document> first, Search.Candidates remaining) {
        if (!remaining.documents().hasNext()) {
            return new QueryResult(first);
        }
        LazyCursor cursor = new LazyCursor(cursorRegistry.generateCursorId(), remaining);
        cursorRegistry.add(cursor);
        return new QueryResult(first, cursor);
    }

    @Override
    protected Stream<DocumentWithPosition<DocumentKey>> streamAllDocumentsWithPosition() {
        return search.all();
    }

    @Override
    protected Document getDocument(DocumentKey key) {
        return search.get(key);
    }

    @Override
    public int count() {
        return Math.toIntExact(writing.count());
    }

    @Override
    protected boolean tracksDataSize() {
        return false; // RocksDB knows
    }

    @Override
    protected void updateDataSize(int delta) {
        throw new UnsupportedOperationException("RocksDB knows the size");
    }

    @Override
    protected int getDataSize() {
        RowKeys.Range range = RowKeys.documents(number);
        return (int) Math.min(Integer.MAX_VALUE, rows().size(range.from(), range.to()));
    }
}
