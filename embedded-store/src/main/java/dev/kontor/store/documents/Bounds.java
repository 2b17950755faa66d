package dev.kontor.store.documents;

import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;

/**
 * Between which values a field must be for a query to match: never narrower than the query, and often wider. Values are
 * sortable bytes, both ends are part of it.
 *
 * @param lower null where it is open
 * @param upper null where it is open
 */
record Bounds(byte[] lower, byte[] upper) {

    private static final Bounds OPEN = new Bounds(null, null);

    static Bounds of(Document query, String field) {
        Bounds bounds = OPEN;
        for (Map.Entry<String, Object> condition : query.entrySet()) {
            Object value = condition.getValue();
            if (condition.getKey().equals(field)) {
                bounds = bounds.and(ofValue(value));
            } else if (condition.getKey().equals("$and") && value instanceof Collection<?> all) {
                for (Object each : all) {
                    bounds = each instanceof Document part ? bounds.and(of(part, field)) : bounds;
                }
            } else if (condition.getKey().equals("$or") && value instanceof Collection<?> any && !any.isEmpty()) {
                bounds = bounds.and(any.stream()
                        .map(each -> each instanceof Document part ? of(part, field) : OPEN)
                        .reduce(Bounds::or)
                        .orElse(OPEN));
            }
        }
        return bounds;
    }

    private static Bounds ofValue(Object value) {
        if (!(value instanceof Document expression) || BsonRegularExpression.isRegularExpression(value)) {
            return isComparable(value) ? new Bounds(SortKey.of(value), SortKey.of(value)) : OPEN;
        }
        Bounds bounds = OPEN;
        for (Map.Entry<String, Object> operator : expression.entrySet()) {
            if (isComparable(operator.getValue())) {
                byte[] end = SortKey.of(operator.getValue());
                bounds = bounds.and(
                        switch (operator.getKey()) {
                            case "$eq" -> new Bounds(end, end);
                            case "$lt", "$lte" -> new Bounds(null, end);
                            case "$gt", "$gte" -> new Bounds(end, null);
                            default -> OPEN;
                        });
            }
        }
        return bounds;
    }

    private static boolean isComparable(Object value) {
        return value != null && SortKey.isSorted(value);
    }

    boolean isOpen() {
        return lower == null && upper == null;
    }

    /** Whether there is one value only. */
    boolean isPoint() {
        return lower != null && Arrays.equals(lower, upper);
    }

    private Bounds and(Bounds other) {
        return new Bounds(
                lower == null || other.lower != null && Arrays.compareUnsigned(other.lower, lower) > 0
                        ? other.lower
                        : lower,
                upper == null || other.upper != null && Arrays.compareUnsigned(other.upper, upper) < 0
                        ? other.upper
                        : upper);
    }

    private Bounds or(Bounds other) {
        return new Bounds(
                lower == null || other.lower == null
                        ? null
                        : Arrays.compareUnsigned(lower, other.lower) < 0 ? lower : other.lower,
                upper == null || other.upper == null
                        ? null
                        : Arrays.compareUnsigned(upper, other.upper) > 0 ? upper : other.upper);
    }
}
