package dev.kontor.store.documents;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Filters.regex;
import static com.mongodb.client.model.Updates.addEachToSet;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.push;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.setOnInsert;
import static com.mongodb.client.model.Updates.unset;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.DuplicateKeyException;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoWriteException;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.DeleteManyModel;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.result.UpdateResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the store answers a driver: each thing that views and tokens ask of it. */
class DocumentsTest {

    private Views views;
    private MongoCollection<Document> documents;

    @BeforeEach
    void open(@TempDir Path folder) {
        views = new Views(folder);
        documents = views.collection("documents");
    }

    @AfterEach
    void close() {
        views.close();
    }

    private void numbers(int from, int to) {
        documents.insertMany(IntStream.range(from, to)
                .mapToObj(n -> new Document("_id", id(n)).append("n", n).append("odd", n % 2 == 1))
                .toList());
    }

    private static String id(int n) {
        return "%05d".formatted(n);
    }

    private List<String> ids(Bson query) {
        return documents.find(query).map(found -> found.getString("_id")).into(new ArrayList<>());
    }

    @Test
    void a_document_comes_back_as_it_was_written() {
        Document all = new Document("_id", "one")
                .append("text", "Grüße, 日本 😀 \u0000 end")
                .append("long", Long.MAX_VALUE)
                .append("int", -7)
                .append("double", 0.1)
                .append("yes", true)
                .append("nothing", null)
                .append("bytes", new Binary(new byte[] {0, 1, -1}))
                .append("object", new ObjectId())
                .append("list", List.of("a", new Document("b", 1L), List.of()))
                .append("inner", new Document("deep", new Document("er", "x")));

        documents.insertOne(all);

        assertThat(documents.find(eq("_id", "one")).first()).isEqualTo(all);
        assertThat(documents.find().first()).isEqualTo(all);
    }

    @Test
    void ids_of_all_kinds_find_their_document_and_no_other() {
        List<Object> kinds = List.of(
                "1",
                1L,
                2,
                -1.5,
                "",
                "a\u0000b",
                "a",
                true,
                false,
                new ObjectId(),
                new Document("a", 1),
                "😀",
                "\uFF01");
        for (Object id : kinds) {
            documents.insertOne(new Document("_id", id).append("was", id.toString()));
        }

        for (Object id : kinds) {
            assertThat(documents.find(eq("_id", id)))
                    .extracting(found -> found.getString("was"))
                    .as("%s", id)
                    .containsExactly(id.toString());
        }
        assertThat(documents.find(eq("_id", 1.0)).first())
                .containsEntry("was", "1")
                .containsEntry("_id", 1L);
        assertThat(documents.find(eq("_id", "2")).first()).isNull();
        assertThat(documents.find(eq("_id", 7)).first()).isNull();
    }

    @Test
    void several_ids_answer_those_that_exist_once_and_in_order() {
        numbers(0, 10);

        assertThat(ids(in("_id", id(7), id(3), "none", id(3)))).containsExactly(id(3), id(7));
        assertThat(ids(and(in("_id", id(7), id(3), id(4)), eq("odd", true)))).containsExactly(id(3), id(7));
        assertThat(ids(in("_id", List.of()))).isEmpty();
        assertThat(ids(and(eq("_id", id(3)), lt("n", 3)))).isEmpty();
        assertThat(ids(new Document("_id", new Document("$gt", id(7))))).containsExactly(id(8), id(9));
        assertThat(ids(regex("_id", "0[12]$"))).containsExactly(id(1), id(2));
        assertThat(ids(ne("_id", id(0)))).hasSize(9);
        assertThat(ids(or(eq("_id", id(1)), eq("n", 2)))).containsExactly(id(1), id(2));
    }

    @Test
    void a_query_is_filtered_sorted_cut_and_projected() {
        numbers(0, 1_000);

        assertThat(documents
                        .find(and(eq("odd", true), gte("n", 100)))
                        .sort(Sorts.descending("n"))
                        .skip(1)
                        .limit(2)
                        .projection(Projections.include("n")))
                .containsExactly(
                        new Document("_id", id(997)).append("n", 997), new Document("_id", id(995)).append("n", 995));
        assertThat(documents.find().sort(new Document("$natural", -1)).limit(1).first())
                .containsEntry("n", 999);
        assertThat(documents.find(gt("n", 900)).sort(Sorts.orderBy(Sorts.ascending("odd"), Sorts.descending("n"))))
                .hasSize(99)
                .first()
                .isEqualTo(new Document("_id", id(998)).append("n", 998).append("odd", false));
    }

    @Test
    void equal_documents_of_a_sort_stay_in_the_order_of_their_ids_whatever_the_limit() {
        numbers(0, 100);

        for (int limit : new int[] {0, 1, 30, 200}) {
            List<String> found = documents
                    .find()
                    .sort(Sorts.ascending("odd"))
                    .limit(limit)
                    .map(each -> each.getString("_id"))
                    .into(new ArrayList<>());
            List<String> expected = Stream.concat(
                            IntStream.range(0, 50).mapToObj(n -> id(2 * n)),
                            IntStream.range(0, 50).mapToObj(n -> id(2 * n + 1)))
                    .limit(limit == 0 ? 100 : limit)
                    .toList();
            assertThat(found).isEqualTo(expected);
        }
    }

    @Test
    void many_documents_are_answered_in_batches_and_completely() {
        numbers(0, 5_000);

        assertThat(documents.find())
                .extracting(found -> found.get("n"))
                .hasSize(5_000)
                .isSorted();
        assertThat(documents.find().batchSize(7).limit(50)).hasSize(50);
        assertThat(documents.find(eq("odd", true)).batchSize(999)).hasSize(2_500);
        assertThat(documents.countDocuments()).isEqualTo(5_000);
        assertThat(documents.countDocuments(eq("odd", true))).isEqualTo(2_500);
        assertThat(documents.estimatedDocumentCount()).isEqualTo(5_000);
    }

    @Test
    void an_aggregation_groups_what_it_matches() {
        numbers(0, 11);

        assertThat(documents.aggregate(List.of(
                        Aggregates.match(gt("n", 0)),
                        Aggregates.group("$odd", Accumulators.sum("documents", 1L)),
                        Aggregates.sort(Sorts.ascending("_id")))))
                .containsExactly(
                        new Document("_id", false).append("documents", 5L),
                        new Document("_id", true).append("documents", 5L));
        assertThat(documents.distinct("odd", Boolean.class)).containsExactly(false, true);
    }

    @Test
    void an_upsert_inserts_once_and_then_updates() {
        UpdateOptions upsert = new UpdateOptions().upsert(true);
        Bson change = combine(set("a.b", 1L), setOnInsert("first", true), addEachToSet("members", List.of("x", "y")));

        UpdateResult inserted = documents.updateOne(eq("_id", "one"), change, upsert);
        UpdateResult same = documents.updateOne(eq("_id", "one"), set("a.b", 1L), upsert);
        documents.updateOne(
                eq("_id", "one"),
                combine(set("a.c", 2L), unset("a.b"), addEachToSet("members", List.of("y", "z")), push("log", 1)));

        assertThat(inserted.getUpsertedId()).isNotNull();
        assertThat(same.getMatchedCount()).isEqualTo(1);
        assertThat(same.getModifiedCount()).isZero();
        assertThat(documents.find(eq("_id", "one")).first())
                .isEqualTo(new Document("_id", "one")
                        .append("a", new Document("c", 2L))
                        .append("first", true)
                        .append("members", List.of("x", "y", "z"))
                        .append("log", List.of(1)));
        assertThat(documents.countDocuments()).isEqualTo(1);
    }

    @Test
    void a_guard_beside_the_id_holds_back_what_is_not_newer() {
        documents.insertOne(new Document("_id", "one").append("version", 5L));

        assertThat(documents
                        .updateOne(and(eq("_id", "one"), lt("version", 5L)), set("version", 4L))
                        .getMatchedCount())
                .isZero();
        assertThat(documents
                        .updateOne(and(eq("_id", "one"), lt("version", 6L)), set("version", 6L))
                        .getModifiedCount())
                .isEqualTo(1);
    }

    @Test
    void a_bulk_write_does_one_after_the_other() {
        BulkWriteResult result = documents.bulkWrite(List.of(
                new InsertOneModel<>(new Document("_id", "one")),
                new UpdateOneModel<>(eq("_id", "one"), inc("n", 1)),
                new UpdateOneModel<>(eq("_id", "two"), inc("n", 5), new UpdateOptions().upsert(true)),
                new UpdateOneModel<>(eq("_id", "two"), inc("n", 1)),
                new InsertOneModel<>(new Document("_id", "three")),
                new DeleteManyModel<>(eq("_id", "three"))));

        assertThat(result.getInsertedCount()).isEqualTo(2);
        assertThat(result.getUpserts()).hasSize(1);
        assertThat(result.getDeletedCount()).isEqualTo(1);
        assertThat(documents.find())
                .containsExactly(new Document("_id", "one").append("n", 1), new Document("_id", "two").append("n", 6));
    }

    @Test
    void many_are_updated_and_deleted_each_once() {
        numbers(0, 3_000);

        assertThat(documents.updateMany(eq("odd", true), inc("n", 1_000_000)).getModifiedCount())
                .isEqualTo(1_500);
        assertThat(documents.countDocuments(gt("n", 1_999_999))).isZero();
        assertThat(documents.deleteMany(gt("n", 999_999)).getDeletedCount()).isEqualTo(1_500);
        assertThat(documents.deleteOne(eq("odd", false)).getDeletedCount()).isEqualTo(1);
        assertThat(documents.countDocuments()).isEqualTo(1_499);
        assertThat(documents.estimatedDocumentCount()).isEqualTo(1_499);
    }

    @Test
    void find_and_update_answers_before_or_after() {
        documents.insertOne(new Document("_id", "one").append("n", 1));

        assertThat(documents.findOneAndUpdate(eq("n", 1), set("n", 2))).containsEntry("n", 1);
        assertThat(documents.findOneAndUpdate(
                        eq("n", 2), set("n", 3), new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER)))
                .containsEntry("n", 3);
        assertThat(documents.findOneAndUpdate(eq("n", 1), set("n", 9))).isNull();
        assertThat(documents.findOneAndDelete(eq("n", 3))).containsEntry("n", 3);
        assertThat(documents.countDocuments()).isZero();
    }

    @Test
    void an_id_is_there_once() {
        documents.insertOne(new Document("_id", "one").append("n", 1));

        assertThatThrownBy(() -> documents.insertOne(new Document("_id", "one").append("n", 2)))
                .isInstanceOf(MongoWriteException.class)
                .hasMessageContaining("E11000");
        assertThatThrownBy(() -> documents.insertMany(List.of(new Document("_id", "two"), new Document("_id", "one"))))
                .isInstanceOf(MongoBulkWriteException.class);

        assertThat(documents.find())
                .containsExactly(new Document("_id", "one").append("n", 1), new Document("_id", "two"));
    }

    @Test
    void a_unique_index_refuses_a_second_one_in_inserts_and_updates() {
        documents.createIndex(Indexes.ascending("name", "part"), new IndexOptions().unique(true));
        documents.insertOne(new Document("_id", "one").append("name", "a").append("part", 0));
        documents.insertOne(new Document("_id", "two").append("name", "a").append("part", 1));

        assertThatThrownBy(() -> documents.insertOne(
                        new Document("_id", "three").append("name", "a").append("part", 1)))
                .isInstanceOf(MongoWriteException.class)
                .hasMessageContaining("E11000");
        assertThatThrownBy(() -> documents.updateOne(eq("_id", "one"), set("part", 1L)))
                .hasMessageContaining("E11000");
        documents.updateOne(eq("_id", "two"), set("part", 2));
        documents.updateOne(eq("_id", "one"), set("part", 1));
        documents.deleteOne(eq("_id", "one"));
        documents.insertOne(new Document("_id", "three").append("name", "a").append("part", 1));

        assertThat(documents.find(eq("part", 1)))
                .extracting(found -> found.get("_id"))
                .containsExactly("three");
    }

    @Test
    void a_unique_index_over_what_is_not_unique_is_refused() {
        documents.insertMany(List.of(new Document("_id", 1).append("n", 1), new Document("_id", 2).append("n", 1)));

        assertThatThrownBy(() -> documents.createIndex(Indexes.ascending("n"), new IndexOptions().unique(true)))
                .isInstanceOf(DuplicateKeyException.class);
        documents.createIndex(Indexes.ascending("n"));

        assertThat(documents.find(eq("n", 1)).sort(Sorts.ascending("n"))).hasSize(2);
    }

    @Test
    void indexes_are_listed_dropped_and_made_again() {
        numbers(0, 10);
        String name = documents.createIndex(Indexes.descending("odd", "n"));
        assertThat(documents.createIndex(Indexes.descending("odd", "n"))).isEqualTo(name);
        assertThat(documents.listIndexes())
                .extracting(index -> index.getString("name"))
                .containsExactlyInAnyOrder("_id_", name);

        documents.dropIndex(name);
        numbers(10, 20);
        documents.createIndex(Indexes.descending("odd", "n"));

        assertThat(documents.find(eq("odd", true)).sort(Sorts.descending("n")).limit(20))
                .extracting(found -> found.get("n"))
                .containsExactly(19, 17, 15, 13, 11, 9, 7, 5, 3, 1);
    }

    @Test
    void what_is_dropped_is_gone_and_can_be_made_again() {
        documents.createIndex(Indexes.ascending("n"));
        numbers(0, 2_000);

        documents.drop();
        assertThat(documents.countDocuments()).isZero();
        assertThat(views.client().getDatabase("test").listCollectionNames()).isEmpty();

        documents.createIndex(Indexes.ascending("n"));
        numbers(5, 10);
        assertThat(documents.countDocuments()).isEqualTo(5);
        assertThat(documents.estimatedDocumentCount()).isEqualTo(5);
        assertThat(documents.find(gte("n", 0)).sort(Sorts.ascending("n")).limit(100))
                .hasSize(5);
    }

    @Test
    void databases_and_collections_are_apart() {
        views.client().getDatabase("other").getCollection("documents").insertOne(new Document("_id", "there"));
        documents.insertOne(new Document("_id", "here"));
        views.collection("more").insertOne(new Document("_id", "more"));

        assertThat(documents.find()).extracting(found -> found.get("_id")).containsExactly("here");
        assertThat(views.client().listDatabaseNames()).contains("other", "test");
        views.client().getDatabase("other").drop();
        assertThat(views.client().listDatabaseNames()).doesNotContain("other");
        assertThat(views.client().getDatabase("test").listCollectionNames())
                .containsExactlyInAnyOrder("documents", "more");
        assertThat(documents.countDocuments()).isEqualTo(1);
    }
}
