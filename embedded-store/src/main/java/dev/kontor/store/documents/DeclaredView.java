package dev.kontor.store.documents;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A view's collections and indexes.
 *
 * @param schema describes documents and indexes: data stored under another schema is discarded
 * @param collections their names, and those of their indexes
 */
public record DeclaredView(String name, String schema, Map<String, List<String>> collections) {

    public DeclaredView {
        Map<String, List<String>> copy = new TreeMap<>();
        collections.forEach((collection, indexes) -> copy.put(collection, List.copyOf(indexes)));
        collections = copy;
    }

    /** The names of all parts that have rows: each collection and each of its indexes. */
    List<String> parts() {
        List<String> parts = new ArrayList<>();
        collections.forEach((collection, indexes) -> {
            parts.add(collection);
            indexes.forEach(index -> parts.add(part(collection, index)));
        });
        return parts;
    }

    /** A collection's name has no slash. */
    static String part(String collection, String index) {
        return collection + "/" + index;
    }
}
