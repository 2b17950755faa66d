package dev.kontor.store;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.Cursor;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.QueryParameters;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.backend.memory.MemoryCollection;
import de.bwaldvogel.mongo.backend.memory.MemoryDatabase;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.List;

/**
 * The memory backend with answers of their own. The one it extends answers with the very documents it keeps, and changes
 * them in place while the answer is still on its way to the wire: a read beside a write then fails, or tears.
 */
final class IsolatedBackend extends MemoryBackend {

    @Override
    public MemoryDatabase openOrCreateDatabase(String name) {
        return new IsolatedDatabase(name, getCursorRegistry());
    }

    private static final class IsolatedDatabase extends MemoryDatabase {

        private final CursorRegistry cursors;

        IsolatedDatabase(String name, CursorRegistry cursors) {
            super(name, cursors);
            this.cursors = cursors;
        }

        @Override
        protected MemoryCollection openOrCreateCollection(String name, CollectionOptions options) {
            return new IsolatedCollection(this, name, options, cursors);
        }
    }

    private static final class IsolatedCollection extends MemoryCollection {

        /** Whether what is being found is about to be changed: then it must be the document itself. */
        private boolean modifying;

        IsolatedCollection(MongoDatabase database, String name, CollectionOptions options, CursorRegistry cursors) {
            super(database, name, options, cursors);
        }

        @Override
        public synchronized QueryResult handleQuery(QueryParameters parameters) {
            QueryResult found = super.handleQuery(parameters);
            return modifying ? found : new QueryResult(copies(found), found.getCursorId());
        }

        @Override
        public synchronized Document findAndModify(Document query) {
            modifying = true;
            try {
                return super.findAndModify(query).cloneDeeply();
            } finally {
                modifying = false;
            }
        }

        @Override
        protected Cursor createCursor(List<Document> remaining) {
            return super.createCursor(copies(remaining));
        }

        private static List<Document> copies(Iterable<Document> documents) {
            List<Document> copies = new ArrayList<>();
            documents.forEach(document -> copies.add(document.cloneDeeply()));
            return copies;
        }
    }
}
