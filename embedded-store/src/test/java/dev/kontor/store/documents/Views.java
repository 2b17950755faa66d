package dev.kontor.store.documents;

import dev.kontor.store.EmbeddedEventStorageEngine;
import dev.kontor.store.EmbeddedStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;

/** A store and its views in one folder. A document is its id and a number. */
final class Views implements AutoCloseable {

    static final DeclaredView NOTES = new DeclaredView("notes", "", "1", Map.of("notes", List.of("by_number")));
    static final DeclaredView OTHERS = new DeclaredView("others", "", "1", Map.of("others", List.of("by_number")));

    static final Serializer JSON = Jackson3Serializer.builder().build();

    private final Path root;
    private EmbeddedStore eventStore;
    private ViewFiles files;
    private DocumentStore store;

    Views(Path root) {
        this.root = root;
        open();
    }

    private void open() {
        eventStore = EmbeddedStore.open(storeFolder());
        files = ViewFiles.open(folder(), eventStore);
        store = new DocumentStore(files, JSON);
        store.declare(List.of(NOTES, OTHERS));
    }

    Path storeFolder() {
        return root.resolve("log");
    }

    Path folder() {
        return root.resolve("views");
    }

    EmbeddedStore eventStore() {
        return eventStore;
    }

    ViewFiles files() {
        return files;
    }

    DocumentStore store() {
        return store;
    }

    void write(String id, long number) {
        write("notes", id, number);
    }

    void write(String collection, String id, long number) {
        store.write(writes -> put(writes, collection, id, number));
    }

    static void put(DocumentWrites writes, String collection, String id, long number) {
        byte[] before = writes.find(collection, id);
        writes.put(collection, id, document(id, number));
        writes.index(
                collection,
                "by_number",
                id,
                before == null ? Set.of() : Set.of(List.of(number(before))),
                Set.of(List.of(number)));
    }

    private static byte[] document(String id, long number) {
        return (id + " " + number).getBytes(StandardCharsets.UTF_8);
    }

    static String id(byte[] document) {
        return new String(document, StandardCharsets.UTF_8).split(" ")[0];
    }

    static long number(byte[] document) {
        return Long.parseLong(new String(document, StandardCharsets.UTF_8).split(" ")[1]);
    }

    /** Null if there is none. */
    Long find(String id) {
        byte[] document = store.find("notes", id);
        return document == null ? null : Long.valueOf(number(document));
    }

    /** By their numbers. */
    List<String> ids(String collection) {
        List<String> ids = new ArrayList<>();
        store.scan(collection, "by_number", new KeyRange(null, null), false, row -> ids.add(id(row.document())));
        return ids;
    }

    List<String> ids() {
        return ids("notes");
    }

    /** Appends events to the log. */
    void happen(int events) {
        happen(eventStore, events);
    }

    static void happen(EmbeddedStore eventStore, int events) {
        EmbeddedEventStorageEngine engine = EmbeddedEventStorageEngine.builder()
                .store(eventStore)
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
        files.close();
        eventStore.close();
    }
}
