package dev.kontor.query;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import dev.kontor.side.operations.PreparesStores;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Component;

/** The views' documents. All reads that must be fast go by {@code _id}, the one index every store has. */
@Component
public class ViewStore implements PreparesStores {

    public static final String TOKENS = "view_tokens";

    /** What searches and lists need. */
    private static final Map<String, List<Bson>> INDEXES = Map.of(
            View.CATALOG_NAME,
            List.of(
                    Indexes.descending("listed", "listedAt", "_id"),
                    Indexes.ascending("listed", "amount", "_id"),
                    Indexes.ascending("listed", "titleKey", "_id"),
                    Indexes.compoundIndex(
                            Indexes.ascending("categoryKey", "listed"), Indexes.descending("listedAt", "_id")),
                    Indexes.compoundIndex(
                            Indexes.ascending("sellerId", "listed"), Indexes.descending("listedAt", "_id"))),
            View.ORDERS_NAME,
            List.of(Indexes.descending("placedAt", "_id"), Indexes.descending("status", "placedAt", "_id")),
            View.CUSTOMERS_NAME,
            List.of(Indexes.ascending("registeredAt", "_id")),
            View.SESSIONS_NAME,
            List.of(Indexes.ascending("customerId")));

    private final MongoDatabase database;

    ViewStore(MongoClient client, ViewSettings settings) {
        this.database = client.getDatabase(settings.database());
    }

    @Override
    public void prepare() {
        for (View view : View.values()) {
            declareIndexes(view);
        }
    }

    public MongoCollection<Document> collection(String name) {
        return database.getCollection(name);
    }

    public MongoCollection<Document> collection(View view) {
        return collection(view.viewName());
    }

    public Optional<Document> find(String collection, String id) {
        return Optional.ofNullable(
                collection(collection).find(Filters.eq("_id", id)).first());
    }

    public Optional<Document> find(View view, String id) {
        return find(view.viewName(), id);
    }

    /** Those that exist, by id; some fields only, where any are named. */
    public Map<String, Document> findAll(String collection, Collection<String> ids, String... fields) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        Map<String, Document> found = new HashMap<>();
        Document projection = new Document();
        for (String field : fields) {
            projection.append(field, 1);
        }
        collection(collection)
                .find(Filters.in("_id", ids))
                .projection(projection)
                .forEach(document -> found.put(document.getString("_id"), document));
        return found;
    }

    public Map<String, Document> findAll(View view, Collection<String> ids, String... fields) {
        return findAll(view.viewName(), ids, fields);
    }

    /** Throws away all documents of a view. */
    public void empty(View view) {
        view.collections().forEach(name -> collection(name).drop());
        declareIndexes(view);
    }

    private void declareIndexes(View view) {
        INDEXES.getOrDefault(view.viewName(), List.of())
                .forEach(index -> collection(view).createIndex(index));
    }
}
