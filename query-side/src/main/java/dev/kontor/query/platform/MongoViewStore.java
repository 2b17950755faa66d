package dev.kontor.query.platform;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;

import com.mongodb.MongoInterruptedException;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.WriteModel;
import dev.kontor.side.platform.LetterStore;
import dev.kontor.side.platform.MongoLetters;
import dev.kontor.side.platform.RepeatedBatchException;
import dev.kontor.side.platform.SharedTokens;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.bson.conversions.Bson;

/**
 * Stores views in MongoDB, for several processes. Each document type is a collection of its name in each slot. The
 * collection {@code generations} has documents {@code {_id: view, live: slot}}. The client sets write and read concern:
 * majority in a deployment of separate processes.
 */
public final class MongoViewStore implements ViewStore {

    /** The collection of the views' dead letters. */
    public static final String LETTERS = "view_letters";

    private static final String ID = "_id";
    private static final String VERSION = "version";
    private static final String GENERATIONS = "generations";
    /** Small, so that a reader notices the end of its time soon. */
    private static final int SCANNED_AT_ONCE = 100;

    private final MongoDatabase database;
    private final SharedTokens tokens;
    private final MongoLetters letters;
    private final Map<View, Generations> generations = new ConcurrentHashMap<>();
    /** The slot whose documents reads see, by type. */
    private final Map<DocumentType<?>, Slot> read = new ConcurrentHashMap<>();

    public MongoViewStore(MongoDatabase database, SharedTokens tokens) {
        this.database = database;
        this.tokens = tokens;
        this.letters = new MongoLetters(database, LETTERS);
    }

    @Override
    public void declare(List<View> views) {
        tokens.prepare();
        letters.prepare();
        for (View view : views) {
            Generations stored = notes().find(eq(ID, view.name())).first();
            show(view, stored == null ? Generations.first(view) : stored);
            index(view, generations(view).live());
        }
    }

    private MongoCollection<Generations> notes() {
        return database.getCollection(GENERATIONS, Generations.class).withCodecRegistry(DocumentType.codecs());
    }

    private void index(View view, Slot slot) {
        for (DocumentType<?> type : view.documents()) {
            for (Index index : type.indexes()) {
                List<String> fields = new ArrayList<>(index.fields());
                fields.add(ID);
                collection(type, slot).createIndex(Indexes.ascending(fields), new IndexOptions().name(index.name()));
            }
        }
    }

    private void show(View view, Generations now) {
        generations.put(view, now);
        view.documents().forEach(type -> read.put(type, now.live()));
    }

    @Override
    public Generations generations(View view) {
        return generations.get(view);
    }

    @Override
    public void note(View view, Generations now) {
        boolean isSwitch = now.live() != generations(view).live();
        notes().replaceOne(eq(ID, view.name()), now, new ReplaceOptions().upsert(true));
        if (isSwitch) {
            letters.clear(view.name());
        }
        show(view, now);
    }

    private <D extends ViewDocument> MongoCollection<D> collection(DocumentType<D> type) {
        return collection(type, read.getOrDefault(type, Slot.FIRST));
    }

    private <D extends ViewDocument> MongoCollection<D> collection(DocumentType<D> type, Slot slot) {
        return database.getCollection(slot.nameOf(type.name()), type.record()).withCodecRegistry(DocumentType.codecs());
    }

    @Override
    public <D extends ViewDocument> Optional<D> find(DocumentType<D> type, String id) {
        return Optional.ofNullable(collection(type).find(eq(ID, id)).first());
    }

    @Override
    public <D extends ViewDocument> Map<String, D> findAll(DocumentType<D> type, Collection<String> ids) {
        return findAll(collection(type), ids);
    }

    private static <D extends ViewDocument> Map<String, D> findAll(
            MongoCollection<D> collection, Collection<String> ids) {
        Map<String, D> found = new HashMap<>();
        if (!ids.isEmpty()) {
            collection.find(in(ID, ids)).forEach(document -> found.put(document.id(), document));
        }
        return found;
    }

    @Override
    public <D extends ViewDocument> boolean scan(Scan<D> scan, Predicate<D> reader) {
        int[] left = {scan.most()};
        for (Bson range : ranges(scan)) {
            if (!scan(scan, range, left[0], document -> reader.test(document) && --left[0] > 0)) {
                return false;
            }
        }
        return true;
    }

    private <D extends ViewDocument> boolean scan(Scan<D> scan, Bson range, int most, Predicate<D> reader) {
        List<String> order = new ArrayList<>(scan.index()
                .fields()
                .subList(scan.where().size(), scan.index().fields().size()));
        order.add(ID);
        return read(
                collection(scan.type())
                        .find(range)
                        .sort(scan.isDescending() ? Sorts.descending(order) : Sorts.ascending(order))
                        .limit(most),
                reader);
    }

    private static <D extends ViewDocument> boolean read(FindIterable<D> found, Predicate<D> reader) {
        try (MongoCursor<D> cursor = found.batchSize(SCANNED_AT_ONCE).cursor()) {
            while (cursor.hasNext()) {
                if (!reader.test(cursor.next())) {
                    return false;
                }
            }
            return true;
        } catch (MongoInterruptedException e) {
            throw (CancellationException) new CancellationException("The scan was interrupted").initCause(e);
        }
    }

    /**
     * Where many documents have the same value, such as a price, one range after a place would begin with all of them,
     * also with those before the place. So there are two ranges: the documents with the value of the place, and those
     * with a later value.
     */
    private static List<Bson> ranges(Scan<?> scan) {
        List<Bson> bounds = bounds(scan);
        if (scan.after() == null) {
            return List.of(bounds.isEmpty() ? Filters.empty() : and(bounds));
        }
        Object value = scan.after().value();
        String id = scan.after().id();
        return List.of(
                and(with(bounds, eq(scan.next(), value), scan.isDescending() ? lt(ID, id) : gt(ID, id))),
                and(with(bounds, scan.isDescending() ? lt(scan.next(), value) : gt(scan.next(), value))));
    }

    private static List<Bson> bounds(Scan<?> scan) {
        List<Bson> all = new ArrayList<>();
        for (int field = 0; field < scan.where().size(); field++) {
            all.add(eq(scan.index().fields().get(field), scan.where().get(field)));
        }
        if (scan.from() != null) {
            all.add(gte(scan.next(), scan.from()));
        }
        if (scan.to() != null) {
            all.add(lte(scan.next(), scan.to()));
        }
        return all;
    }

    private static List<Bson> with(List<Bson> bounds, Bson... more) {
        List<Bson> all = new ArrayList<>(bounds);
        all.addAll(List.of(more));
        return all;
    }

    /**
     * Documents first, token last: after a crash the documents are ahead of the token and ignore the repeated events.
     */
    @Override
    public void apply(Batch batch) {
        batch.token().ifPresent(token -> tokens.store().extendClaim(token.processor(), token.segment()));
        batch.types().forEach(type -> write(type, batch));
        batch.token().ifPresent(token -> tokens.store().storeToken(token.token(), token.processor(), token.segment()));
    }

    private <D extends ViewDocument> void write(DocumentType<D> type, Batch batch) {
        List<Update<D>> updates = batch.updates(type);
        MongoCollection<D> collection =
                batch.slot().map(slot -> collection(type, slot)).orElseGet(() -> collection(type));
        Map<String, D> shown =
                findAll(collection, updates.stream().map(Update::id).toList());
        List<WriteModel<D>> writes = new ArrayList<>();
        for (Update<D> update : updates) {
            D before = shown.get(update.id());
            D after = update.over(before);
            if (after == before) {
                continue;
            }
            writes.add(
                    before == null
                            ? new InsertOneModel<>(after)
                            : new ReplaceOneModel<>(and(eq(ID, after.id()), eq(VERSION, before.version())), after));
        }
        if (!writes.isEmpty()) {
            BulkWriteResult done = collection.bulkWrite(writes, new BulkWriteOptions().ordered(false));
            if (done.getInsertedCount() + done.getMatchedCount() != writes.size()) {
                throw new ChangedMeanwhileException(type);
            }
        }
    }

    /** Another process wrote a document between this process's read and write: it has taken over the segment. */
    static final class ChangedMeanwhileException extends RepeatedBatchException {
        ChangedMeanwhileException(DocumentType<?> type) {
            super("Another process has written documents of %s meanwhile".formatted(type.name()));
        }
    }

    @Override
    public LetterStore letters() {
        return letters;
    }

    @Override
    public TokenStore tokens() {
        return tokens.store();
    }

    /**
     * Tokens before documents: after a crash in between, the log is read over existing documents. Letters first: none
     * may be handled again where its sequence begins anew.
     */
    @Override
    public void startOver(View view, Slot slot) {
        if (slot == read.getOrDefault(view.documents().getFirst(), Slot.FIRST)) {
            letters.clear(view.name());
        }
        tokens.toBeginning(slot.nameOf(view.name()));
        view.documents()
                .forEach(
                        type -> database.getCollection(slot.nameOf(type.name())).drop());
        view.retired().forEach(name -> database.getCollection(name).drop());
        index(view, slot);
    }

    @Override
    public <D extends ViewDocument> void each(DocumentType<D> type, Slot slot, String from, Predicate<D> reader) {
        read(
                collection(type, slot)
                        .find(from == null ? Filters.empty() : gte(ID, from))
                        .sort(Sorts.ascending(ID)),
                reader);
    }

    @Override
    public boolean isShared() {
        return true;
    }
}
