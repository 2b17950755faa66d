package dev.kontor.store.documents;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractSynchronizedMongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DatabaseResolver;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerException;
import de.bwaldvogel.mongo.oplog.Oplog;
import io.netty.channel.Channel;
import java.util.List;

/** One database: its collections and indexes are found again when it is opened. */
final class DocumentDatabase extends AbstractSynchronizedMongoDatabase<DocumentKey> {

    private final ViewFiles files;
    private final Catalog catalog;
    /** Whether the indexes that are asked for were described before: their rows are there. */
    private boolean opening = true;

    DocumentDatabase(String name, ViewFiles files, Catalog catalog, CursorRegistry cursors) {
        super(name, cursors);
        this.files = files;
        this.catalog = catalog;
        initializeNamespacesAndIndexes();
        this.opening = false;
    }

    @Override
    public Document handleCommand(
            Channel channel, String command, Document query, DatabaseResolver resolver, Oplog oplog) {
        if (command.equals("find")) {
            // Else everything would have to fit into one answer.
            query.putIfAbsent("batchSize", LazyCursor.USUAL_BATCH);
        }
        if (command.equals("update")
                && resolveCollection((String) query.get(command), false) instanceof DocumentCollection collection) {
            return collection.write(() -> super.handleCommand(channel, command, query, resolver, oplog));
        }
        return super.handleCommand(channel, command, query, resolver, oplog);
    }

    @Override
    protected MongoCollection<DocumentKey> openOrCreateCollection(String name, CollectionOptions options) {
        int number = catalog.collection(getFullCollectionNamespace(name));
        return new DocumentCollection(this, name, options, cursorRegistry, files, number);
    }

    @Override
    protected Index<DocumentKey> openOrCreateUniqueIndex(
            String collection, String name, List<IndexKey> keys, boolean sparse) {
        return index(collection, name, keys, true, sparse);
    }

    @Override
    protected Index<DocumentKey> openOrCreateSecondaryIndex(
            String collection, String name, List<IndexKey> keys, boolean sparse) {
        return index(collection, name, keys, false, sparse);
    }

    private Index<DocumentKey> index(
            String collectionName, String name, List<IndexKey> keys, boolean unique, boolean sparse) {
        DocumentCollection collection = (DocumentCollection) resolveOrCreateCollection(collectionName);
        Index<DocumentKey> present = collection.index(name);
        if (present != null) {
            return present;
        }
        byte[] stored = opening ? files.rows().get(RowKeys.index(collection.number(), name)) : null;
        int number = stored == null ? catalog.forIndex() : RowKeys.number(stored);
        return new FieldIndex(collection, name, keys, unique, sparse, number, stored);
    }

    @Override
    public void moveCollection(MongoDatabase from, MongoCollection<?> collection, String newName) {
        throw new MongoServerException("Collections of views cannot be renamed");
    }

    @Override
    protected long getFileSize() {
        return getStorageSize();
    }

    @Override
    protected long getStorageSize() {
        return Catalog.collections(files.rows()).entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(databaseName + "."))
                .map(entry -> RowKeys.documents(entry.getValue()))
                .mapToLong(range -> files.rows().size(range.from(), range.to()))
                .sum();
    }
}
