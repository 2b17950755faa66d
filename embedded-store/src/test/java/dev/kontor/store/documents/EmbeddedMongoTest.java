package dev.kontor.store.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import dev.kontor.store.Book;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.bson.Document;
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
