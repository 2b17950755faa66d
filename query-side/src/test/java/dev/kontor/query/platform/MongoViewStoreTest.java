package dev.kontor.query.platform;

import static dev.kontor.query.platform.Note.BY_TIME;
import static dev.kontor.query.platform.Note.NOTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import dev.kontor.api.storage.StoredJson;
import dev.kontor.api.storage.StoredTypes;
import dev.kontor.side.platform.ClusterMember;
import dev.kontor.side.platform.SharedTokens;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against a MongoDB in this process, and against a real one where KONTOR_TEST_MONGODB names it. */
class MongoViewStoreTest extends ViewStoreContract {

    private final String named = System.getenv("KONTOR_TEST_MONGODB");
    private final MongoServer server = named == null ? new MongoServer(new MemoryBackend()) : null;
    private final MongoClient client =
            MongoClients.create(server == null ? named : server.bindAndGetConnectionString());
    private final MongoDatabase database =
            client.getDatabase("kontor-" + UUID.randomUUID().toString().substring(0, 8));

    @Override
    protected ViewStore open() {
        return open(ClusterMember.start("query-side", Clock.systemUTC()));
    }

    private ViewStore open(ClusterMember instance) {
        return new MongoViewStore(
                database, new SharedTokens(database, "view_tokens", StoredJson.of(StoredTypes.events()), instance));
    }

    @Test
    void a_batch_fails_where_another_process_wrote_its_document_meanwhile() {
        put(Note.first("a"));

        assertThatThrownBy(() -> store.apply(new Batch().update(NOTES, "a", 1, before -> {
                    store.apply(new Batch()
                            .update(
                                    NOTES,
                                    "a",
                                    1,
                                    other -> other.remark("theirs").version(1)));
                    return before.remark("ours").version(1);
                })))
                .isInstanceOf(MongoViewStore.ChangedMeanwhileException.class);

        assertThat(find("a").remark()).isEqualTo("theirs");
    }

    @Test
    void a_batch_fails_where_another_process_was_first_to_insert_its_document() {
        assertThatThrownBy(() -> store.apply(new Batch().update(NOTES, "a", 0, before -> {
                    put(Note.first("a").remark("theirs"));
                    return Note.first("a").remark("ours");
                })))
                .hasMessageContaining("duplicate key");

        assertThat(find("a").remark()).isEqualTo("theirs");
    }

    @Test
    void a_process_that_has_lost_its_segment_writes_nothing() {
        store.tokens().fetchToken("notes", 0);
        database.getCollection("view_tokens")
                .updateMany(Filters.eq("processorName", "notes"), Updates.set("owner", "another"));

        assertThatThrownBy(() -> store.apply(
                new Batch().update(NOTES, "a", 0, before -> Note.first("a")).token("notes", 0, at(7))));

        assertThat(store.find(NOTES, "a")).isEmpty();
    }

    @Test
    void indexes_are_those_that_are_declared() {
        assertThat(database.getCollection("notes").listIndexes().map(index -> index.getString("name")))
                .contains(BY_TIME.name());
        assertThat(database.getCollection("notes").listIndexes())
                .filteredOn(index -> index.getString("name").equals(BY_TIME.name()))
                .first()
                .extracting(index ->
                        index.get("key", Document.class).keySet().stream().toList())
                .isEqualTo(List.of("open", "at", "_id"));
    }

    @Test
    void what_an_earlier_version_of_a_view_stored_goes_when_it_starts_over() {
        database.getCollection("note_lists").insertOne(new Document("_id", "ann"));
        database.getCollection("else").insertOne(new Document("_id", "ann"));

        store.startOver(Note.VIEW.insteadOf("note_lists"), Slot.FIRST);

        assertThat(database.listCollectionNames())
                .contains("notes", "others", "else")
                .doesNotContain("note_lists");
    }

    @Test
    void a_scan_whose_thread_is_interrupted_is_cancelled() {
        put(Note.first("a"));
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> ids(Scan.of(NOTES, BY_TIME))).isInstanceOf(CancellationException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @AfterEach
    void close() {
        database.drop();
        client.close();
        if (server != null) {
            server.shutdownNow();
        }
    }
}
