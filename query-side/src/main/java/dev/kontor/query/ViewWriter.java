package dev.kontor.query;

import com.mongodb.MongoException;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import dev.kontor.api.operations.Wait;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Gathers what the handlers of one batch want written, and writes it as one bulk write per collection before the batch
 * commits. A write that fails makes the batch fail; the processor handles it again.
 */
@Component
public class ViewWriter {

    private static final Logger log = LoggerFactory.getLogger(ViewWriter.class);
    private static final String BATCH = ViewWriter.class.getName();
    private static final String VERSION = "version";

    private final ViewStore store;
    private final ViewSettings settings;
    private final Arrivals arrivals;
    private final List<WriteListener> listeners;

    ViewWriter(ViewStore store, ViewSettings settings, Arrivals arrivals, List<WriteListener> listeners) {
        this.store = store;
        this.settings = settings;
        this.arrivals = arrivals;
        this.listeners = List.copyOf(listeners);
    }

    /** What an event with this sequence number makes of the document of its aggregate. */
    public Change at(View view, String id, long version) {
        return at(view.viewName(), id, version);
    }

    /** The same in a further collection of a view. */
    public Change at(String collection, String id, long version) {
        Map<String, Guarded> guarded = batch().guarded.computeIfAbsent(collection, name -> new LinkedHashMap<>());
        Guarded known = guarded.get(id);
        if (known != null && version <= known.version) {
            // Delivered twice within the batch: goes nowhere.
            return new Change();
        }
        Guarded now = new Guarded(version, known == null ? new Change() : known.change);
        guarded.put(id, now);
        return now.change;
    }

    /** A change that may be repeated at any time, because each value in it is only ever set to one thing. */
    public Change lasting(String collection, String id) {
        return batch().lasting
                .computeIfAbsent(collection, name -> new LinkedHashMap<>())
                .computeIfAbsent(id, name -> new Change());
    }

    private Batch batch() {
        UnitOfWork<?> work = CurrentUnitOfWork.get().root();
        return work.getOrComputeResource(BATCH, name -> {
            Batch batch = new Batch();
            work.onPrepareCommit(unit -> write(batch));
            return batch;
        });
    }

    private void write(Batch batch) {
        try {
            writeAll(batch);
            // Already here: what is written can be read, whether or not the token follows.
            batch.guarded.forEach((collection, changes) -> arrivals.arrived(collection, changes.keySet()));
        } catch (MongoException e) {
            log.error("documents of {} could not be written; the batch is handled again", batch.guarded.keySet(), e);
            throw e;
        }
    }

    private void writeAll(Batch batch) {
        try {
            batch.guarded.forEach(this::writeGuarded);
            batch.lasting.forEach(this::writeLasting);
        } finally {
            // Also where it failed: a part of it may be written.
            batch.guarded.forEach((collection, changes) ->
                    listeners.forEach(listener -> listener.written(collection, changes.keySet())));
        }
    }

    /**
     * What is newer than the document is written, the rest was applied by an earlier delivery. Versions are read first,
     * because an upsert whose filter names a version would insert a second time where the document is newer.
     */
    private void writeGuarded(String collection, Map<String, Guarded> changes) {
        Map<String, Document> shown = store.findAll(collection, changes.keySet(), VERSION);
        List<WriteModel<Document>> writes = new ArrayList<>();
        changes.forEach((id, guarded) -> {
            Document document = shown.get(id);
            long version = document == null ? Wait.NOTHING : document.getLong(VERSION);
            if (version >= guarded.version) {
                return;
            }
            guarded.change.set(VERSION, guarded.version);
            Bson byId = Filters.eq("_id", id);
            if (document == null) {
                writes.add(new UpdateOneModel<>(byId, guarded.change.insert(), new UpdateOptions().upsert(true)));
            }
            if (settings.guardInFilter()) {
                // Also behind an insert, which does nothing where another instance was faster.
                writes.add(new UpdateOneModel<>(
                        Filters.and(byId, Filters.lt(VERSION, guarded.version)), guarded.change.update()));
            } else if (document != null) {
                writes.add(new UpdateOneModel<>(byId, guarded.change.update()));
            }
        });
        if (!writes.isEmpty()) {
            store.collection(collection).bulkWrite(writes);
        }
    }

    private void writeLasting(String collection, Map<String, Change> changes) {
        List<WriteModel<Document>> writes = new ArrayList<>();
        changes.forEach((id, change) -> writes.add(
                new UpdateOneModel<>(Filters.eq("_id", id), change.update(), new UpdateOptions().upsert(true))));
        store.collection(collection).bulkWrite(writes);
    }

    private record Guarded(long version, Change change) {}

    private static final class Batch {
        private final Map<String, Map<String, Guarded>> guarded = new LinkedHashMap<>();
        private final Map<String, Map<String, Change>> lasting = new LinkedHashMap<>();
    }
}
