package dev.kontor.store.documents;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The collections and indexes of one generation of a view.
 *
 * @param slot the place of this generation among the view's; part of the names under which it is stored
 * @param schema describes documents and indexes: data stored under another schema is discarded
 * @param collections their names, and those of their indexes
 */
public record DeclaredView(String view, String slot, String schema, Map<String, List<String>> collections) {

    /** The place of a view's first generation. */
    public static final String FIRST_SLOT = "";

    public DeclaredView {
        Map<String, List<String>> copy = new TreeMap<>();
        collections.forEach((collection, indexes) -> copy.put(collection, List.copyOf(indexes)));
        collections = copy;
    }

    /** The name under which this generation and its tokens are stored. */
    public String name() {
        return view + slot;
    }

    /** The names of all parts that have rows: each collection and each of its indexes. */
    List<String> parts() {
        List<String> parts = new ArrayList<>();
        collections.forEach((collection, indexes) -> {
            parts.add(collection + slot);
            indexes.forEach(index -> parts.add(part(collection + slot, index)));
        });
        return parts;
    }

    /** A collection's name has no slash. */
    static String part(String collection, String index) {
        return collection + "/" + index;
    }
}
