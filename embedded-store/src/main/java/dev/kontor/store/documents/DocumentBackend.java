package dev.kontor.store.documents;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractMongoBackend;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The databases of one view store. */
final class DocumentBackend extends AbstractMongoBackend {

    private final ViewFiles files;
    private final Catalog catalog;
    private final Map<String, DocumentDatabase> databases = new ConcurrentHashMap<>();

    DocumentBackend(ViewFiles files) {
        this.files = files;
        this.catalog = new Catalog(files);
    }

    /** One of a name, however often it is asked for: two would not know of each other's writes. */
    @Override
    protected MongoDatabase openOrCreateDatabase(String name) {
        return databases.computeIfAbsent(
                name, missing -> new DocumentDatabase(missing, files, catalog, getCursorRegistry()));
    }

    @Override
    protected Set<String> listDatabaseNames() {
        return catalog.databases();
    }

    @Override
    public void dropDatabase(String name) {
        resolveDatabase(name);
        super.dropDatabase(name);
        databases.remove(name);
    }

    @Override
    public void close() {
        super.close();
        databases.clear();
    }
}
