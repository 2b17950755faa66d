package dev.kontor.store.documents;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import dev.kontor.store.Book;
import dev.kontor.store.BookEventStorageEngine;
import java.nio.file.Path;
import java.util.UUID;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.bson.Document;

/** A book, the views of it, and a driver's client of them, in one folder. */
final class Views implements AutoCloseable {

    static final int SHAPE = 1;

    private static final Serializer JSON = Jackson3Serializer.builder().build();

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

    /** More events in the log. */
    void happen(int events) {
        happen(book, events);
    }

    static void happen(Book book, int events) {
        BookEventStorageEngine engine = BookEventStorageEngine.builder()
                .book(book)
                .eventSerializer(JSON)
                .snapshotSerializer(JSON)
                .build();
        for (int i = 0; i < events; i++) {
            engine.appendEvents(GenericEventMessage.asEventMessage("event " + UUID.randomUUID()));
        }
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
