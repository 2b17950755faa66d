package dev.kontor.store.documents;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.DuplicateKeyError;
import java.util.List;

/** The index that every collection has: a document's key is its id. */
final class IdIndex extends Index<DocumentKey> {

    static final String NAME = "_id_";
    static final String FIELD = "_id";

    private final DocumentCollection documents;

    IdIndex(DocumentCollection documents) {
        super(NAME, List.of(new IndexKey(FIELD, true)), false);
        this.documents = documents;
    }

    @Override
    public DocumentKey getPosition(Document document) {
        return DocumentKey.of(document.get(FIELD));
    }

    @Override
    public void checkAdd(Document document, MongoCollection<DocumentKey> collection) {
        if (documents.stored(getPosition(document)) != null) {
            throw new DuplicateKeyError(this, collection, getKeys(), new KeyValue(document.get(FIELD)));
        }
    }

    @Override
    public void add(Document document, DocumentKey position, MongoCollection<DocumentKey> collection) {
        // The document's own row is the entry.
    }

    @Override
    public DocumentKey remove(Document document) {
        return getPosition(document);
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
        return documents.count();
    }

    /** Never to be filled. */
    @Override
    public boolean isEmpty() {
        return false;
    }

    @Override
    public long getDataSize() {
        return 0;
    }

    @Override
    public void checkUpdate(Document before, Document after, MongoCollection<DocumentKey> collection) {
        // An id never changes.
    }

    @Override
    public void updateInPlace(
            Document before, Document after, DocumentKey position, MongoCollection<DocumentKey> collection) {
        // An id never changes.
    }

    @Override
    public void drop() {
        // Goes with the documents.
    }

    @Override
    public boolean isUnique() {
        return true;
    }
}
