package dev.kontor.standalone.operations;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import dev.kontor.query.View;
import dev.kontor.store.Book;
import dev.kontor.store.documents.EmbeddedMongo;
import dev.kontor.store.documents.ViewFiles;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Does to the views in a data folder what people do by hand: with a MongoDB client. */
final class EditedViews {

    private EditedViews() {}

    static void edit(Path folder, Consumer<MongoDatabase> edit) {
        DataFolder data = new DataFolder(folder);
        try (Book book = Book.open(data.book());
                ViewFiles files = ViewFiles.open(data.views(), book, View.SHAPE);
                EmbeddedMongo mongo = EmbeddedMongo.start(0, files);
                MongoClient client = MongoClients.create(mongo.uri())) {
            edit.accept(client.getDatabase("kontor"));
        }
    }
}
