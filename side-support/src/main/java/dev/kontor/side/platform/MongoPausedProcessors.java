package dev.kontor.side.platform;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;
import java.util.HashSet;
import java.util.Set;
import org.bson.Document;

/** A document for each paused processor: {@code {_id: name}}. */
final class MongoPausedProcessors implements PausedProcessors {

    private static final String COLLECTION = "paused-processors";
    private static final String ID = "_id";

    private final MongoCollection<Document> names;

    MongoPausedProcessors(MongoDatabase database) {
        this.names = database.getCollection(COLLECTION);
    }

    @Override
    public Set<String> all() {
        return names.find().map(name -> name.getString(ID)).into(new HashSet<>());
    }

    @Override
    public void add(String processor) {
        names.replaceOne(Filters.eq(ID, processor), new Document(ID, processor), new ReplaceOptions().upsert(true));
    }

    @Override
    public void remove(String processor) {
        names.deleteOne(Filters.eq(ID, processor));
    }
}
