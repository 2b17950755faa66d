package dev.kontor.store.documents;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import dev.kontor.store.Book;
import java.nio.file.Path;
import org.bson.Document;

/** A book, the views of it, and a driver's client of them, in one folder. */
final class Views implements AutoCloseable {

    static final int SHAPE = 1;

    private final Path root;
    private Book book;
    private ViewFiles files;
    private EmbeddedMongo mongo;
    private MongoClient client;

    Views(Path root) {
        this.root = root;
        open();
    }

    private void open() {
        book = Book.open(bookFolder());
        files = ViewFiles.open(folder(), book, SHAPE);
        mongo = EmbeddedMongo.start(0, files);
        client = MongoClients.create(mongo.uri());
    }

    Path bookFolder() {
        return root.resolve("book");
    }

    Path folder() {
        return root.resolve("views");
    }

    Book book() {
        return book;
    }

    ViewFiles files() {
        return files;
    }

    MongoClient client() {
        return client;
    }

    MongoCollection<Document> collection(String name) {
        return client.getDatabase("test").getCollection(name);
    }

    Views reopen() {
        close();
        open();
        return this;
    }

    @Override
    public void close() {
        client.close();
        mongo.close();
        files.close();
        book.close();
    }
}
