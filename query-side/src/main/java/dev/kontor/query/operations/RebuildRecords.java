package dev.kontor.query.operations;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import dev.kontor.query.platform.View;
import java.time.Clock;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * The last build of each view, shared by all query sides in a collection of documents {@code {_id: view, generation,
 * step, leader, schema, from, total, began, done, eventsPerSecond}}. A note changes its step only by compare and set:
 * of many that try, one succeeds.
 */
final class RebuildRecords {

    static final String COLLECTION = "rebuilds";

    private static final String ID = "_id";
    private static final String GENERATION = "generation";
    private static final String STEP = "step";
    private static final String LEADER = "leader";
    private static final String SCHEMA = "schema";
    private static final String FROM = "from";
    private static final String TOTAL = "total";
    private static final String BEGAN = "began";
    private static final String DONE = "done";
    private static final String RATE = "eventsPerSecond";
    private static final FindOneAndUpdateOptions AFTERWARDS =
            new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER);

    private final MongoCollection<Document> notes;
    private final Clock clock;

    enum Step {
        /** All instances stop their processors; the leader resets the tokens and deletes the documents. */
        STOPPING,
        /** All instances read. */
        READING,
        DONE,
        FAILED
    }

    /**
     * @param leader the instance that brings it to {@link Step#READING}; empty for the first build
     * @param schema of the documents; 0 if an older version has noted none
     * @param done and the rate: only once it has ended
     */
    record Note(
            View view,
            long generation,
            Step step,
            String leader,
            int schema,
            long from,
            long total,
            long done,
            long eventsPerSecond,
            long began) {

        private Note(View view, Document document) {
            this(
                    view,
                    document.getLong(GENERATION),
                    Step.valueOf(document.getString(STEP)),
                    document.getString(LEADER),
                    document.getInteger(SCHEMA, 0),
                    document.getLong(FROM),
                    document.getLong(TOTAL),
                    document.getLong(DONE),
                    document.getLong(RATE),
                    document.getDate(BEGAN).getTime());
        }
    }

    RebuildRecords(MongoDatabase database, Clock clock) {
        this.notes = database.getCollection(COLLECTION);
        this.clock = clock;
    }

    Optional<Note> find(View view) {
        return Optional.ofNullable(notes.find(Filters.eq(ID, view.name())).first())
                .map(document -> new Note(view, document));
    }

    /** The notes of the views that have one. */
    Map<View, Note> all(List<View> views) {
        Map<String, View> byName = new HashMap<>();
        views.forEach(view -> byName.put(view.name(), view));
        Map<View, Note> all = new HashMap<>();
        notes.find(Filters.in(ID, byName.keySet()))
                .map(document -> new Note(byName.get(document.getString(ID)), document))
                .forEach(note -> all.put(note.view(), note));
        return all;
    }

    /** Notes what the first build has to read, unless there is a note. */
    void first(View view, long from, long total) {
        notes.updateOne(
                Filters.eq(ID, view.name()),
                Updates.combine(
                        Updates.setOnInsert(GENERATION, 1L),
                        Updates.setOnInsert(STEP, Step.READING.name()),
                        Updates.setOnInsert(LEADER, ""),
                        Updates.setOnInsert(SCHEMA, view.schema()),
                        Updates.setOnInsert(FROM, from),
                        Updates.setOnInsert(TOTAL, total),
                        Updates.setOnInsert(BEGAN, now()),
                        Updates.setOnInsert(DONE, 0L),
                        Updates.setOnInsert(RATE, 0L)),
                new UpdateOptions().upsert(true));
    }

    /** Begins the next generation; empty if a rebuild is running. The first build may be interrupted. */
    Optional<Note> begin(View view, String leader) {
        Bson free = Filters.and(
                Filters.eq(ID, view.name()),
                Filters.or(
                        Filters.in(STEP, Step.DONE.name(), Step.FAILED.name()),
                        Filters.and(Filters.eq(STEP, Step.READING.name()), Filters.eq(GENERATION, 1L))));
        return update(view, free, next(view, leader));
    }

    /**
     * Begins the next generation if the documents are of an older schema, even during a rebuild; empty if they
     * are not. Of many that try, one succeeds.
     */
    Optional<Note> beginSchema(View view, String leader) {
        Bson older = Filters.and(
                Filters.eq(ID, view.name()),
                Filters.or(Filters.exists(SCHEMA, false), Filters.lt(SCHEMA, view.schema())));
        return update(view, older, next(view, leader));
    }

    /** Counts a request to rebuild a view that each instance keeps for itself; returns the count. */
    long requested(View view) {
        return update(view, Filters.eq(ID, view.name()), Updates.inc(GENERATION, 1L))
                .orElseThrow()
                .generation();
    }

    private Bson next(View view, String leader) {
        return Updates.combine(
                Updates.inc(GENERATION, 1L),
                Updates.set(STEP, Step.STOPPING.name()),
                Updates.set(LEADER, leader),
                Updates.set(SCHEMA, view.schema()),
                Updates.set(FROM, 0L),
                Updates.set(TOTAL, 0L),
                Updates.set(BEGAN, now()),
                Updates.set(DONE, 0L),
                Updates.set(RATE, 0L));
    }

    /** Takes over the lead of a rebuild; false if another instance was faster. */
    boolean takeOver(Note note, String leader) {
        return update(note.view(), same(note), Updates.set(LEADER, leader)).isPresent();
    }

    boolean isStill(Note note) {
        return notes.find(same(note)).first() != null;
    }

    /** False if another instance leads meanwhile. */
    boolean read(Note note, long total) {
        return update(
                        note.view(),
                        same(note),
                        Updates.combine(Updates.set(STEP, Step.READING.name()), Updates.set(TOTAL, total)))
                .isPresent();
    }

    boolean end(Note note, Step step, long done) {
        return update(
                        note.view(),
                        same(note),
                        Updates.combine(
                                Updates.set(STEP, step.name()),
                                Updates.set(DONE, done),
                                Updates.set(RATE, rate(note, done))))
                .isPresent();
    }

    /** Events a second since it began, by the clocks of the instance that began it and of this one. */
    long rate(Note note, long done) {
        return (done - note.from()) * 1_000 / Math.max(1, clock.millis() - note.began());
    }

    private Optional<Note> update(View view, Bson from, Bson changes) {
        return Optional.ofNullable(notes.findOneAndUpdate(from, changes, AFTERWARDS))
                .map(document -> new Note(view, document));
    }

    private static Bson same(Note note) {
        return Filters.and(
                Filters.eq(ID, note.view().name()),
                Filters.eq(GENERATION, note.generation()),
                Filters.eq(STEP, note.step().name()),
                Filters.eq(LEADER, note.leader()));
    }

    private Date now() {
        return new Date(clock.millis());
    }
}
