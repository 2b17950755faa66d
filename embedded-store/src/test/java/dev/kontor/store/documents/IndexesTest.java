package dev.kontor.store.documents;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.empty;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import de.bwaldvogel.mongo.backend.IndexKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An index answers what a look at every document answers, in the same order. */
class IndexesTest {

    private static final List<Object> VALUES = List.of(
            0,
            1,
            1L,
            1.0,
            -1,
            2.5,
            -0.0,
            Long.MAX_VALUE,
            Long.MAX_VALUE - 1,
            Long.MIN_VALUE,
            1e15,
            "",
            "a",
            "a\u0000",
            "ab",
            "b",
            "é",
            "\uFF01",
            "😀",
            true,
            false);

    private Views views;
    private MongoCollection<Document> indexed;
    private MongoCollection<Document> plain;
    private final Random random = new Random(42);

    @BeforeEach
    void open(@TempDir Path folder) {
        views = new Views(folder);
        indexed = views.collection("indexed");
        plain = views.collection("plain");
        indexed.createIndex(Indexes.descending("a", "b", "_id"));
        indexed.createIndex(Indexes.ascending("b", "_id"));
        indexed.createIndex(Indexes.compoundIndex(Indexes.ascending("a"), Indexes.descending("c")));
    }

    @AfterEach
    void close() {
        views.close();
    }

    private Object anyValue() {
        return VALUES.get(random.nextInt(VALUES.size()));
    }

    private void fill(int documents) {
        List<Document> all = new ArrayList<>();
        for (int n = 0; n < documents; n++) {
            Document document = new Document("_id", "%04d".formatted(n));
            for (String field : List.of("a", "b", "c")) {
                if (random.nextInt(10) > 0) {
                    document.append(field, random.nextInt(20) == 0 ? null : anyValue());
                }
            }
            all.add(document);
        }
        indexed.insertMany(all);
        plain.insertMany(all);
    }

    private Bson anyCondition(int depth) {
        String field = List.of("a", "b", "c").get(random.nextInt(3));
        return switch (random.nextInt(depth > 2 ? 7 : 9)) {
            case 0, 1 -> eq(field, anyValue());
            case 2 -> lt(field, anyValue());
            case 3 -> lte(field, anyValue());
            case 4 -> gt(field, anyValue());
            case 5 -> gte(field, anyValue());
            case 6 -> ne(field, anyValue());
            case 7 -> and(anyCondition(depth + 1), anyCondition(depth + 1));
            default -> or(anyCondition(depth + 1), anyCondition(depth + 1));
        };
    }

    private Bson anySort() {
        return switch (random.nextInt(7)) {
            case 0 -> Sorts.descending("a", "b", "_id");
            case 1 -> Sorts.ascending("a", "b", "_id");
            case 2 -> Sorts.descending("b", "_id");
            case 3 -> Sorts.ascending("b", "_id");
            case 4 -> Sorts.orderBy(Sorts.ascending("a"), Sorts.descending("c"), Sorts.ascending("_id"));
            case 5 -> Sorts.orderBy(Sorts.descending("a"), Sorts.ascending("b"), Sorts.ascending("_id"));
            default -> Sorts.descending("c", "_id");
        };
    }

    private void assertSameAnswers(int queries) {
        for (int n = 0; n < queries; n++) {
            Bson query = random.nextInt(5) == 0 ? empty() : anyCondition(0);
            Bson sort = anySort();
            int skip = random.nextInt(3);
            int limit = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(20);

            assertThat(indexed.find(query).sort(sort).skip(skip).limit(limit).into(new ArrayList<>()))
                    .as("%s sorted by %s from %d, %d", query, sort, skip, limit)
                    .isEqualTo(
                            plain.find(query).sort(sort).skip(skip).limit(limit).into(new ArrayList<>()));
        }
    }

    @Test
    void any_query_in_any_order_is_answered_as_without_an_index() {
        fill(300);
        assertSameAnswers(400);
    }

    @Test
    void also_after_changes_and_a_restart() {
        fill(200);
        for (int n = 0; n < 300; n++) {
            Bson id = eq("_id", "%04d".formatted(random.nextInt(200)));
            Bson change = random.nextInt(4) == 0 ? unset("a") : set(random.nextBoolean() ? "a" : "b", anyValue());
            if (random.nextInt(10) == 0) {
                indexed.deleteOne(id);
                plain.deleteOne(id);
            } else {
                indexed.updateOne(id, change);
                plain.updateOne(id, change);
            }
        }
        assertSameAnswers(100);

        views.reopen();
        indexed = views.collection("indexed");
        plain = views.collection("plain");
        assertSameAnswers(100);
    }

    @Test
    void also_where_a_field_holds_a_list_or_a_document() {
        fill(50);
        for (MongoCollection<Document> each : List.of(indexed, plain)) {
            each.insertOne(
                    new Document("_id", "list").append("a", List.of(1, "b", 5)).append("b", 1));
            each.insertOne(new Document("_id", "inner").append("a", 1).append("b", new Document("x", 1)));
        }

        assertThat(indexed.find(eq("a", "b")).into(new ArrayList<>()))
                .isEqualTo(plain.find(eq("a", "b")).into(new ArrayList<>()))
                .isNotEmpty();
        assertSameAnswers(50);
    }

    private static Optional<Plan> plan(
            de.bwaldvogel.mongo.bson.Document query, de.bwaldvogel.mongo.bson.Document sort) {
        List<IndexKey> keys =
                List.of(new IndexKey("status", false), new IndexKey("placedAt", false), new IndexKey("_id", false));
        FieldIndex index = new FieldIndex(null, "index", keys, false, false, 1, new byte[] {0, 0, 0, 1, 1});
        return Plan.of(new Search.Request(query, sort, 0, 10, 0, null), List.of(index));
    }

    @Test
    void what_is_equal_comes_first_and_the_sort_goes_on_from_there() {
        de.bwaldvogel.mongo.bson.Document placed = new de.bwaldvogel.mongo.bson.Document("status", "PLACED");
        de.bwaldvogel.mongo.bson.Document newest =
                new de.bwaldvogel.mongo.bson.Document("placedAt", -1).append("_id", -1);
        de.bwaldvogel.mongo.bson.Document oldest =
                new de.bwaldvogel.mongo.bson.Document("placedAt", 1).append("_id", 1);

        assertThat(plan(placed, newest)).hasValueSatisfying(plan -> {
            assertThat(plan.equal()).isEqualTo(1);
            assertThat(plan.isInOrder()).isTrue();
            assertThat(plan.isBackwards()).isFalse();
        });
        assertThat(plan(placed, oldest))
                .hasValueSatisfying(plan -> assertThat(plan.isBackwards()).isTrue());
        assertThat(plan(new de.bwaldvogel.mongo.bson.Document(), newest)).isEmpty();
    }
}
