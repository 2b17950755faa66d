package dev.kontor.store.documents;

import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A way along an index that meets every document that a query can match: fields that must have one value, then, it may be,
 * the fields of the sort, the first of them within bounds.
 *
 * @param equal how many of the index's fields have one value only
 */
record Plan(RowKeys.Range range, int equal, boolean isBackwards, boolean isInOrder) {

    /** The more fields are settled the fewer documents are met; of equals the one that need not sort. */
    private static final Comparator<Plan> BEST =
            Comparator.comparingInt(Plan::equal).thenComparing(Plan::isInOrder);

    /** Empty where it is best to look at every document. */
    static Optional<Plan> of(Search.Request request, List<FieldIndex> indexes) {
        return indexes.stream()
                .filter(FieldIndex::isSorted)
                .map(index -> along(index, request))
                .filter(Objects::nonNull)
                .max(BEST);
    }

    /** Null where the index does not help. */
    private static Plan along(FieldIndex index, Search.Request request) {
        List<IndexKey> fields = index.getKeys();
        byte[] prefix = RowKeys.indexRow(index.number(), new byte[0]);
        int equal = 0;
        Bounds bounds = Bounds.of(request.query(), fields.getFirst().getKey());
        while (bounds.isPoint() && equal < fields.size()) {
            prefix = index.extend(prefix, equal++, bounds.lower());
            bounds = Bounds.of(
                    request.query(),
                    fields.get(Math.min(equal, fields.size() - 1)).getKey());
        }
        Boolean backwards = direction(request, fields.subList(equal, fields.size()));
        if (equal == fields.size()) {
            return new Plan(RowKeys.beginningWith(prefix), equal, false, backwards != null);
        }
        if (equal == 0 && bounds.isOpen() && (backwards == null || !request.isSorted())) {
            return null;
        }
        boolean ascending = fields.get(equal).isAscending();
        byte[] first = ascending ? bounds.lower() : bounds.upper();
        byte[] last = ascending ? bounds.upper() : bounds.lower();
        RowKeys.Range range = new RowKeys.Range(
                first == null ? prefix : index.extend(prefix, equal, first),
                RowKeys.after(last == null ? prefix : index.extend(prefix, equal, last)));
        return new Plan(range, equal, backwards != null && backwards, backwards != null);
    }

    /** Whether the remaining fields have to be walked backwards to give the sort; null where they do not give it. */
    private static Boolean direction(Search.Request request, List<IndexKey> remaining) {
        if (!request.isSorted()) {
            return false;
        }
        Document sort = request.sort();
        List<String> open = new ArrayList<>(sort.keySet());
        open.removeIf(field -> Bounds.of(request.query(), field).isPoint());
        if (open.size() > remaining.size()) {
            return null;
        }
        Boolean backwards = null;
        for (int i = 0; i < open.size(); i++) {
            IndexKey field = remaining.get(i);
            if (!field.getKey().equals(open.get(i)) || !(sort.get(open.get(i)) instanceof Number wanted)) {
                return null;
            }
            boolean against = wanted.intValue() > 0 != field.isAscending();
            if (backwards != null && backwards != against) {
                return null;
            }
            backwards = against;
        }
        return backwards != null && backwards;
    }
}
