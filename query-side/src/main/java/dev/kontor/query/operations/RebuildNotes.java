package dev.kontor.query.operations;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import dev.kontor.query.View;
import java.time.Clock;
import java.util.Arrays;
import java.util.Date;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * What all query sides know of the last build of each view, in a collection of documents {@code {_id: view, generation, step,
 * leader, from, total, began, done, eventsPerSecond}}. A note goes from one step to the next only as the one that it was: of
 * many who try, one succeeds.
 */
final class RebuildNotes {

    static final String COLLECTION = "rebuilds";

    private static final String ID = "_id";
    private static final String GENERATION = "generation";
    private static final String STEP = "step";
    private static final String LEADER = "leader";
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
        /** All stop their processors; the leader resets the tokens and empties the documents. */
        STOPPING,
        /** All read. */
        READING,
        DONE,
        FAILED
    }

    /**
     * @param leader who sees to it that it comes to {@link Step#READING}; empty for the first build
     * @param done and the rate: only once it has ended
     */
    record Note(
            View view,
            long generation,
            Step step,
            String leader,
            long from,
            long total,
            long done,
            long eventsPerSecond,
            long began) {

        private Note(Document document) {
            this(
                    View.ofName(document.getString(ID)).orElseThrow(),
                    document.getLong(GENERATION),
                    Step.valueOf(document.getString(STEP)),
                    document.getString(LEADER),
                    document.getLong(FROM),
                    document.getLong(TOTAL),
                    document.getLong(DONE),
                    document.getLong(RATE),
                    document.getDate(BEGAN).getTime());
        }
    }

    RebuildNotes(MongoDatabase database, Clock clock) {
        this.notes = database.getCollection(COLLECTION);
        this.clock = clock;
    }

    Optional<Note> find(View view) {
        return Optional.ofNullable(notes.find(Filters.eq(ID, view.viewName())).first())
                .map(Note::new);
    }

    /** Of each view that has one. */
    Map<View, Note> all() {
        Map<View, Note> all = new EnumMap<>(View.class);
        notes.find(Filters.in(
                        ID, Arrays.stream(View.values()).map(View::viewName).toList()))
                .map(Note::new)
                .forEach(note -> all.put(note.view(), note));
        return all;
    }

    /** Notes what there is to read for the first time, unless somebody has. */
    void first(View view, long from, long total) {
        notes.updateOne(
                Filters.eq(ID, view.viewName()),
                Updates.combine(
                        Updates.setOnInsert(GENERATION, 1L),
                        Updates.setOnInsert(STEP, Step.READING.name()),
                        Updates.setOnInsert(LEADER, ""),
                        Updates.setOnInsert(FROM, from),
                        Updates.setOnInsert(TOTAL, total),
                        Updates.setOnInsert(BEGAN, now()),
                        Updates.setOnInsert(DONE, 0L),
                        Updates.setOnInsert(RATE, 0L)),
                new UpdateOptions().upsert(true));
    }

    /** Begins the next generation; empty where a rebuild is under way. The first build may be interrupted. */
    Optional<Note> begin(View view, String leader) {
        Bson free = Filters.and(
                Filters.eq(ID, view.viewName()),
                Filters.or(
                        Filters.in(STEP, Step.DONE.name(), Step.FAILED.name()),
                        Filters.and(Filters.eq(STEP, Step.READING.name()), Filters.eq(GENERATION, 1L))));
        return update(
                free,
                Updates.combine(
                        Updates.inc(GENERATION, 1L),
                        Updates.set(STEP, Step.STOPPING.name()),
                        Updates.set(LEADER, leader),
                        Updates.set(FROM, 0L),
                        Updates.set(TOTAL, 0L),
                        Updates.set(BEGAN, now()),
                        Updates.set(DONE, 0L),
                        Updates.set(RATE, 0L)));
    }

    /** Leads on what another has begun; false where somebody else was faster. */
    boolean takeOver(Note note, String leader) {
        return update(same(note), Updates.set(LEADER, leader)).isPresent();
    }

    boolean isStill(Note note) {
        return notes.find(same(note)).first() != null;
    }

    /** False where another leads meanwhile. */
    boolean read(Note note, long total) {
        return update(same(note), Updates.combine(Updates.set(STEP, Step.READING.name()), Updates.set(TOTAL, total)))
                .isPresent();
    }

    boolean end(Note note, Step step, long done) {
        return update(
                        same(note),
                        Updates.combine(
                                Updates.set(STEP, step.name()),
                                Updates.set(DONE, done),
                                Updates.set(RATE, rate(note, done))))
                .isPresent();
    }

    /** Events a second since it began, by the clock of whoever began it and that of this process. */
    long rate(Note note, long done) {
        return (done - note.from()) * 1_000 / Math.max(1, clock.millis() - note.began());
    }

    private Optional<Note> update(Bson from, Bson changes) {
        return Optional.ofNullable(notes.findOneAndUpdate(from, changes, AFTERWARDS))
                .map(Note::new);
    }

    private static Bson same(Note note) {
        return Filters.and(
                Filters.eq(ID, note.view().viewName()),
                Filters.eq(GENERATION, note.generation()),
                Filters.eq(STEP, note.step().name()),
                Filters.eq(LEADER, note.leader()));
    }

    private Date now() {
        return new Date(clock.millis());
    }
}
