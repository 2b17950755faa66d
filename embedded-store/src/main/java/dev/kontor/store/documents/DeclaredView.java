package dev.kontor.store.documents;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a view keeps.
 *
 * @param schema says how its documents are made, and how their indexes are: what was stored under another one is thrown
 *     away
 * @param collections their names, and those of their indexes
 */
public record DeclaredView(String name, String schema, Map<String, List<String>> collections) {

    public DeclaredView {
        Map<String, List<String>> copy = new TreeMap<>();
        collections.forEach((collection, indexes) -> copy.put(collection, List.copyOf(indexes)));
        collections = copy;
    }

    /** All that rows stand under: each collection, and each of its indexes. */
    List<String> parts() {
        List<String> parts = new ArrayList<>();
        collections.forEach((collection, indexes) -> {
            parts.add(collection);
            indexes.forEach(index -> parts.add(part(collection, index)));
        });
        return parts;
    }

    /** No collection has a slash in its name. */
    static String part(String collection, String index) {
        return collection + "/" + index;
    }
}
