package dev.kontor.store.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import dev.kontor.store.Book;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedMongoTest {

    private Book book;
    private ViewFiles files;

    @BeforeEach
    void open(@TempDir Path folder) {
        book = Book.open(folder.resolve("book"));
        files = ViewFiles.open(folder.resolve("views"), book, Views.SHAPE);
    }

    @AfterEach
    void close() {
        files.close();
        book.close();
    }

    @Test
    void whatADriverWritesItReadsBack() {
        try (EmbeddedMongo mongo = EmbeddedMongo.start(0, files);
                MongoClient client = MongoClients.create(mongo.uri())) {
            MongoCollection<Document> orders = client.getDatabase("views").getCollection("orders");
            orders.insertOne(new Document("_id", "7").append("status", "CONFIRMED"));
            orders.insertOne(new Document("_id", "8").append("status", "REJECTED"));

            assertThat(orders.find(Filters.eq("_id", "7")).first()).containsEntry("status", "CONFIRMED");
            assertThat(orders.countDocuments()).isEqualTo(2);
            assertThat(mongo.uri()).isEqualTo("mongodb://127.0.0.1:" + mongo.port());
        }
    }

    @Test
    void oneRequestLooksAtSoManyDocumentsAndTheNextGoesOn() {
        try (EmbeddedMongo mongo = EmbeddedMongo.start(0, files);
                MongoClient client = MongoClients.create(mongo.uri())) {
            MongoCollection<Document> things = client.getDatabase("views").getCollection("things");
            things.createIndex(Indexes.ascending("shelf", "number"));
            int count = 2 * LazyCursor.MOST_LOOKED_AT + 10;
            things.insertMany(IntStream.range(0, count)
                    .mapToObj(number -> new Document("_id", "thing " + number)
                            .append("shelf", "a")
                            .append("number", number)
                            .append("text", number == count - 1 ? "needle" : "hay"))
                    .toList());
            Bson needle = Filters.regex("text", "nee");

            for (FindIterable<Document> search : List.of(
                    things.find(Filters.and(Filters.eq("shelf", "a"), needle)).sort(Sorts.descending("number")),
                    things.find(Filters.and(Filters.eq("shelf", "a"), needle)).sort(Sorts.ascending("number")),
                    things.find(needle))) {
                assertThat(search.into(new ArrayList<>()))
                        .extracting(found -> found.get("_id"))
                        .containsExactly("thing " + (count - 1));
            }
            try (MongoCursor<Document> cursor = things.find(Filters.and(Filters.eq("shelf", "a"), needle))
                    .sort(Sorts.ascending("number"))
                    .batchSize(10)
                    .cursor()) {
                assertThat(cursor.tryNext()).as("not found yet").isNull();
                assertThat(cursor.getServerCursor()).as("there is more").isNotNull();
                assertThat(cursor.hasNext()).isTrue();
            }
        }
    }

    @Test
    void aPortThatIsTakenIsRefusedByItsNumber() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> EmbeddedMongo.start(taken.getLocalPort(), files))
                    .isInstanceOf(ViewFilesException.class)
                    .hasMessageContaining("Port " + taken.getLocalPort() + " ")
                    .hasMessageContaining("taken");
        }
    }

    @Test
    void aPortIsFreeAgainAfterClosing() {
        int port;
        try (EmbeddedMongo mongo = EmbeddedMongo.start(0, files)) {
            port = mongo.port();
        }
        try (EmbeddedMongo again = EmbeddedMongo.start(port, files)) {
            assertThat(again.port()).isEqualTo(port);
        }
    }
}
