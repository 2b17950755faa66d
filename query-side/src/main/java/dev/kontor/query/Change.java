package dev.kontor.query;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;

/**
 * What the events of one batch make of one document. Values are set and never added to, so the changes of many events
 * melt into one, and applying it to a document that has seen some of them already gives the same document.
 */
public final class Change {

    private final Map<String, Object> set = new LinkedHashMap<>();
    private final Set<String> unset = new LinkedHashSet<>();
    private final Map<String, Set<String>> members = new HashMap<>();

    Change() {}

    /** @param path of a field, or of a field in a sub-document: {@code items.<id>} */
    public Change set(String path, Object value) {
        Document whole = wholeAround(path);
        if (whole != null) {
            whole.put(leaf(path), value);
            return this;
        }
        forget(path);
        set.put(path, value instanceof Document document ? new Document(document) : value);
        return this;
    }

    public Change unset(String path) {
        Document whole = wholeAround(path);
        if (whole != null) {
            whole.remove(leaf(path));
            return this;
        }
        forget(path);
        unset.add(path);
        return this;
    }

    /**
     * Makes sure that the array has this member. Members stand in the order of the log, in whatever batches it is read, as long
     * as one segment reads it; where several do their order means nothing.
     */
    public Change member(String array, String member) {
        members.computeIfAbsent(array, name -> new LinkedHashSet<>()).add(member);
        return this;
    }

    /** As an update of a document that is there. */
    Document update() {
        Document update = new Document();
        if (!set.isEmpty()) {
            update.append("$set", new Document(set));
        }
        if (!unset.isEmpty()) {
            Document fields = new Document();
            unset.forEach(path -> fields.append(path, ""));
            update.append("$unset", fields);
        }
        if (!members.isEmpty()) {
            Document arrays = new Document();
            members.forEach((array, added) -> arrays.append(array, new Document("$each", new ArrayList<>(added))));
            update.append("$addToSet", arrays);
        }
        return update;
    }

    /** As the first contents of a document that is not there. */
    Document insert() {
        return new Document("$setOnInsert", new Document(set));
    }

    /** The sub-document that this batch sets as a whole and that holds the path, or null. */
    private Document wholeAround(String path) {
        int dot = path.indexOf('.');
        return dot > 0 && set.get(path.substring(0, dot)) instanceof Document whole ? whole : null;
    }

    private static String leaf(String path) {
        return path.substring(path.indexOf('.') + 1);
    }

    private void forget(String path) {
        String below = path + ".";
        unset.remove(path);
        set.remove(path);
        List.copyOf(unset).stream().filter(other -> other.startsWith(below)).forEach(unset::remove);
        List.copyOf(set.keySet()).stream()
                .filter(other -> other.startsWith(below))
                .forEach(set::remove);
    }
}
