package dev.kontor.standalone.platform;

import dev.kontor.standalone.Customer;
import dev.kontor.standalone.operations.StoredFields;
import dev.kontor.store.documents.DocumentReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The content of the views, field by field: of a folder without a writer, or of a checkpoint of a running Kontor. */
public final class StoredViews {

    private final DocumentReader reader;

    private StoredViews(DocumentReader reader) {
        this.reader = reader;
    }

    /** @param folder has {@code views} */
    public static <T> T in(Path folder, Function<StoredViews, T> reading) {
        try (DocumentReader reader = DocumentReader.open(folder.resolve("views"))) {
            return reading.apply(new StoredViews(reader));
        }
    }

    /** As of now. */
    public static <T> T of(Customer admin, Function<StoredViews, T> reading) {
        Path copy = Path.of(
                admin.client().post("/api/v1/admin/checkpoints").hasStatus(201).at("/folder"));
        try {
            return in(copy, reading);
        } finally {
            try {
                Folders.delete(copy);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The documents of each collection by their ids. */
    public Map<String, Map<Object, Map<String, Object>>> documents() {
        Map<String, Map<Object, Map<String, Object>>> all = new TreeMap<>();
        for (String collection : reader.collections()) {
            Map<Object, Map<String, Object>> documents = new HashMap<>();
            reader.forEach(collection, stored -> {
                Map<String, Object> document = StoredFields.of(stored);
                documents.put(document.get("_id"), document);
            });
            all.put(collection, documents);
        }
        return all;
    }

    /** How far each segment of each view has read the log, as JSON. */
    public List<String> tokens() {
        List<String> tokens = new ArrayList<>();
        reader.tokens((view, token) -> tokens.add(token == null ? "" : new String(token, StandardCharsets.UTF_8)));
        return tokens;
    }
}
