package dev.kontor.store.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Updates;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A document that is read while it is written is whole: as it was before, or as it is after. */
class ReadsBesideWritesTest {

    private static final int ROUNDS = 3_000;

    private Views views;
    private MongoCollection<Document> documents;

    @BeforeEach
    void start(@TempDir Path folder) {
        views = new Views(folder);
        documents = views.collection("documents");
    }

    @AfterEach
    void stop() {
        views.close();
    }

    @Test
    void a_read_beside_writes_never_fails_and_never_tears() {
        documents.insertOne(new Document("_id", "one").append("a", 0).append("b", 0));
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
            for (int round = 1; round <= ROUNDS; round++) {
                documents.updateOne(
                        Filters.eq("_id", "one"),
                        Updates.combine(
                                Updates.set("a", round),
                                Updates.set("b", round),
                                Updates.set("extra" + round % 5, round),
                                Updates.unset("extra" + (round + 1) % 5)));
            }
        });

        int reads = 0;
        while (!writing.isDone()) {
            Document read = documents.find(Filters.eq("_id", "one")).first();
            assertThat(read).isNotNull();
            assertThat(read.get("a")).isEqualTo(read.get("b"));
            reads++;
        }

        writing.join();
        assertThat(reads).isPositive();
    }

    @Test
    void what_is_found_to_be_modified_is_modified() {
        documents.insertOne(new Document("_id", "one").append("a", 1));

        Document after = documents.findOneAndUpdate(
                Filters.eq("_id", "one"),
                Updates.set("a", 2),
                new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER));

        assertThat(after).containsEntry("a", 2);
        assertThat(documents.find(Filters.eq("_id", "one")).first()).containsEntry("a", 2);
    }

    @Test
    void what_is_deleted_is_gone() {
        documents.insertOne(new Document("_id", "one").append("a", 1));
        documents.insertOne(new Document("_id", "two").append("a", 2));

        documents.deleteMany(Filters.eq("a", 1));

        assertThat(documents.find()).extracting(document -> document.get("_id")).containsExactly("two");
    }
}
