package dev.kontor.side.platform;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Sorts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;

/**
 * Dead letters of one side in MongoDB, shared by all its instances. A letter is a document {@code {queue, sequence,
 * position, letter}} with a unique index on the first three. It is written at once, so before the processor's token:
 * after a crash in between, the event is delivered again and finds its letter.
 */
public final class MongoLetters implements LetterStore, StorePreparation {

    private static final String QUEUE = "queue";
    private static final String SEQUENCE = "sequence";
    private static final String POSITION = "position";
    private static final String LETTER = "letter";

    private final MongoCollection<Document> letters;
    private final String resource;

    public MongoLetters(MongoDatabase database, String collection) {
        this.letters = database.getCollection(collection);
        this.resource = MongoLetters.class.getName() + "/" + collection + "/";
    }

    @Override
    public void prepare() {
        letters.createIndex(Indexes.ascending(QUEUE, SEQUENCE, POSITION), new IndexOptions().unique(true));
    }

    /** The keys of all letters in a collection. */
    public static Iterable<StoredLetter.Key> keys(MongoCollection<Document> letters) {
        return letters.find()
                .projection(Projections.include(QUEUE, SEQUENCE, POSITION))
                .map(letter -> new StoredLetter.Key(
                        letter.getString(QUEUE), letter.getString(SEQUENCE), letter.getLong(POSITION)));
    }

    private static Bson of(StoredLetter.Key key) {
        return Filters.and(of(key.queue(), key.sequence()), Filters.eq(POSITION, key.position()));
    }

    private static Bson of(String queue, String sequence) {
        return Filters.and(Filters.eq(QUEUE, queue), Filters.eq(SEQUENCE, sequence));
    }

    @Override
    public Optional<Sequence> sequence(String queue, String sequence) {
        return Optional.ofNullable(
                (CurrentUnitOfWork.isStarted() ? sequences(queue) : read(of(queue, sequence))).get(sequence));
    }

    /** Within a unit of work they are read once, and each sequence again after a change of its own. */
    @Override
    public Map<String, Sequence> sequences(String queue) {
        return CurrentUnitOfWork.isStarted()
                ? CurrentUnitOfWork.get()
                        .root()
                        .getOrComputeResource(resource + queue, name -> read(Filters.eq(QUEUE, queue)))
                : read(Filters.eq(QUEUE, queue));
    }

    private Map<String, Sequence> read(Bson filter) {
        Map<String, Sequence> sequences = new HashMap<>();
        letters.aggregate(List.of(
                        Aggregates.match(filter),
                        Aggregates.group(
                                "$" + SEQUENCE,
                                Accumulators.sum("letters", 1),
                                Accumulators.min("first", "$" + POSITION),
                                Accumulators.max("last", "$" + POSITION))))
                .forEach(group -> sequences.put(
                        group.getString("_id"),
                        new Sequence(
                                group.get("letters", Number.class).intValue(),
                                group.getLong("first"),
                                group.getLong("last"))));
        return sequences;
    }

    private void changed(String queue, String sequence) {
        Map<String, Sequence> known =
                CurrentUnitOfWork.isStarted() ? CurrentUnitOfWork.get().root().getResource(resource + queue) : null;
        if (known != null) {
            known.remove(sequence);
            known.putAll(read(of(queue, sequence)));
        }
    }

    @Override
    public List<StoredLetter> read(String queue, String sequence, long after, int most) {
        return letters.find(Filters.and(of(queue, sequence), Filters.gt(POSITION, after)))
                .sort(Sorts.ascending(POSITION))
                .limit(most)
                .map(document ->
                        StoredLetter.decode(document.get(LETTER, Binary.class).getData()))
                .into(new ArrayList<>());
    }

    @Override
    public void put(StoredLetter letter) {
        StoredLetter.Key key = letter.key();
        letters.replaceOne(
                of(key),
                new Document(QUEUE, key.queue())
                        .append(SEQUENCE, key.sequence())
                        .append(POSITION, key.position())
                        .append(LETTER, new Binary(letter.encode())),
                new ReplaceOptions().upsert(true));
        changed(key.queue(), key.sequence());
    }

    @Override
    public void remove(StoredLetter.Key key) {
        letters.deleteOne(of(key));
        changed(key.queue(), key.sequence());
    }

    @Override
    public void clear(String queue) {
        letters.deleteMany(Filters.eq(QUEUE, queue));
        if (CurrentUnitOfWork.isStarted()) {
            CurrentUnitOfWork.get().root().resources().remove(resource + queue);
        }
    }
}
