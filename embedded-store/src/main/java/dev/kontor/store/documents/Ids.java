package dev.kontor.store.documents;

import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The ids that a query names, so that nothing else has to be looked at.
 *
 * @param keys in the order of a collection
 * @param alone whether the query asks for nothing but the ids
 */
record Ids(SortedSet<DocumentKey> keys, boolean alone) {

    /** Empty where the query leaves the ids open. */
    static Optional<Ids> in(Document query) {
        if (query.containsKey("_id")) {
            Optional<Collection<?>> named = named(query.get("_id"));
            if (named.isPresent()) {
                TreeSet<DocumentKey> keys = new TreeSet<>();
                named.get().forEach(id -> keys.add(DocumentKey.of(id)));
                return Optional.of(new Ids(keys, query.size() == 1));
            }
        }
        if (query.get("$and") instanceof Collection<?> all) {
            return all.stream()
                    .filter(Document.class::isInstance)
                    .flatMap(part -> in((Document) part).stream())
                    .map(ids -> new Ids(ids.keys, false))
                    .findFirst();
        }
        return Optional.empty();
    }

    private static Optional<Collection<?>> named(Object condition) {
        if (!isValue(condition)) {
            return Optional.empty();
        }
        if (!(condition instanceof Document document) || !isExpression(document)) {
            return Optional.of(List.of(condition));
        }
        if (document.size() == 1 && isValue(document.get("$eq"))) {
            return Optional.of(List.of(document.get("$eq")));
        }
        if (document.size() == 1
                && document.get("$in") instanceof Collection<?> any
                && any.stream().allMatch(Ids::isValue)) {
            return Optional.of(any);
        }
        return Optional.empty();
    }

    /** Something that a document's id can be equal to, and not be like. */
    private static boolean isValue(Object condition) {
        return condition != null
                && !(condition instanceof Collection<?>)
                && !BsonRegularExpression.isRegularExpression(condition);
    }

    private static boolean isExpression(Document document) {
        return !document.isEmpty() && document.keySet().iterator().next().startsWith("$");
    }
}
