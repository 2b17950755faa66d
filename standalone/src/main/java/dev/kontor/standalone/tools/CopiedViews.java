package dev.kontor.standalone.tools;

import com.mongodb.client.MongoDatabase;
import dev.kontor.audit.LetterSource;
import dev.kontor.audit.UnreadableViewsException;
import dev.kontor.audit.ViewSource;
import dev.kontor.audit.platform.Audit;
import dev.kontor.side.platform.MongoLetters;
import dev.kontor.side.platform.StoredLetter;
import dev.kontor.standalone.operations.StoredFields;
import dev.kontor.standalone.operations.ViewTokens;
import dev.kontor.standalone.platform.Folders;
import dev.kontor.standalone.tools.axonserver.SidesDatabase;
import dev.kontor.standalone.tools.console.ProgressOutput;
import dev.kontor.standalone.tools.console.ToolConsole;
import dev.kontor.standalone.tools.console.ToolException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.bson.RawBsonDocument;
import org.bson.types.Binary;

/**
 * The views in a MongoDB that is written to meanwhile, copied to files so that they can be read twice. Each view's
 * token was read before its documents, so no document is behind it; no document is ahead of a log end that is read
 * after the copy.
 */
final class CopiedViews implements ViewSource, AutoCloseable {

    private final Path folder;
    private final Set<String> collections = new HashSet<>();
    private final ViewTokens tokens;
    private final LetterSource letters;

    /** @throws ToolException where a view was rebuilt meanwhile: documents would seem to be lost */
    CopiedViews(SidesDatabase mongo, ToolConsole console) throws IOException {
        folder = Files.createTempDirectory("kontor-views");
        try {
            MongoDatabase database = mongo.database();
            Set<String> present = database.listCollectionNames().into(new HashSet<>());
            tokens = tokens(database);
            List<StoredLetter.Key> waiting = new ArrayList<>();
            for (String collection : List.of(SidesDatabase.VIEW_LETTERS, SidesDatabase.COMMAND_LETTERS)) {
                MongoLetters.keys(database.getCollection(collection)).forEach(waiting::add);
            }
            letters = reader -> waiting.forEach(key -> reader.letter(key.queue(), key.sequence(), key.position()));
            ProgressOutput progress = console.progress("copying", "documents", 0);
            long copied = 0;
            for (String collection : Audit.collections()) {
                if (present.contains(collection)) {
                    collections.add(collection);
                    copied = copy(database, collection, copied, progress);
                }
            }
            if (!tokens(database).isNotBehind(tokens)) {
                throw new ToolException(
                        "A view in %s was rebuilt meanwhile. Audit again when that is done".formatted(mongo.name()));
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private static ViewTokens tokens(MongoDatabase database) {
        ViewTokens tokens = new ViewTokens();
        database.getCollection(SidesDatabase.VIEW_TOKENS).find().forEach(token -> {
            // The store keeps its own notes beside the tokens.
            if (token.get("processorName") instanceof String view
                    && Audit.views().contains(view)) {
                Binary stored = token.get("token", Binary.class);
                tokens.read(view, stored == null ? null : stored.getData());
            }
        });
        return tokens;
    }

    private long copy(MongoDatabase database, String collection, long before, ProgressOutput progress)
            throws IOException {
        long copied = before;
        try (DataOutputStream out = new DataOutputStream(
                new BufferedOutputStream(Files.newOutputStream(folder.resolve(collection)), 1 << 16))) {
            for (RawBsonDocument document :
                    database.getCollection(collection, RawBsonDocument.class).find()) {
                byte[] bytes = new byte[document.getByteBuffer().remaining()];
                document.getByteBuffer().get(bytes);
                out.writeInt(bytes.length);
                out.write(bytes);
                progress.at(++copied);
            }
            out.writeInt(0);
        }
        return copied;
    }

    @Override
    public Set<String> collections() {
        return collections;
    }

    @Override
    public void forEach(String collection, Consumer<Map<String, Object>> reader) {
        try (DataInputStream in = new DataInputStream(
                new BufferedInputStream(Files.newInputStream(folder.resolve(collection)), 1 << 16))) {
            for (int length = in.readInt(); length > 0; length = in.readInt()) {
                reader.accept(StoredFields.of(in.readNBytes(length)));
            }
        } catch (IOException e) {
            throw new UnreadableViewsException("The copy of %s cannot be read".formatted(collection), e);
        }
    }

    /** The letters of both sides. */
    LetterSource letters() {
        return letters;
    }

    @Override
    public OptionalLong position(String view) {
        return tokens.position(view);
    }

    @Override
    public void close() throws IOException {
        Folders.delete(folder);
    }
}
