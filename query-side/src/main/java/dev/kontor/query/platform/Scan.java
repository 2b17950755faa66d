package dev.kontor.query.platform;

import java.util.Arrays;
import java.util.List;

/**
 * Documents in the order of an index, from a place on.
 *
 * @param where values of the first fields of the index; the order is that of the next field, the following ones,
 *     and the ids
 * @param isDescending the same order reversed, ids too
 * @param from the least value of the next field, null for no bound
 * @param to the greatest value of the next field, null for no bound
 * @param after the end of the previous page, null for the beginning
 * @param most how many documents are read at most
 */
public record Scan<D extends ViewDocument>(
        DocumentType<D> type,
        Index index,
        List<Object> where,
        boolean isDescending,
        Object from,
        Object to,
        Place after,
        int most) {

    /** A document's value of the field after those in {@code where}, and its id. */
    public record Place(Object value, String id) {

        public Place {
            value = DocumentType.plain(value);
        }
    }

    public Scan {
        where = where.stream().map(DocumentType::plain).toList();
        int fields = index.fields().size();
        if (!type.indexes().contains(index)) {
            throw new IllegalArgumentException("%s declares no index %s".formatted(type.name(), index.name()));
        }
        if (where.size() > fields || where.size() == fields && (from != null || to != null)) {
            throw new IllegalArgumentException("Index %s has no more fields".formatted(index.name()));
        }
        if (after != null && where.size() != fields - 1) {
            throw new IllegalArgumentException("A place has the value of one field, and index %s needs %d"
                    .formatted(index.name(), fields - where.size()));
        }
    }

    public static <D extends ViewDocument> Scan<D> of(DocumentType<D> type, Index index) {
        return new Scan<>(type, index, List.of(), false, null, null, null, Integer.MAX_VALUE);
    }

    public Scan<D> where(Object... values) {
        return new Scan<>(type, index, Arrays.asList(values), isDescending, from, to, after, most);
    }

    public Scan<D> descending(boolean inDescendingOrder) {
        return new Scan<>(type, index, where, inDescendingOrder, from, to, after, most);
    }

    public Scan<D> descending() {
        return descending(true);
    }

    /** @param least null for no bound; both bounds are inclusive */
    public Scan<D> between(Object least, Object greatest) {
        return new Scan<>(
                type,
                index,
                where,
                isDescending,
                least == null ? null : DocumentType.plain(least),
                greatest == null ? null : DocumentType.plain(greatest),
                after,
                most);
    }

    public Scan<D> after(Place place) {
        return new Scan<>(type, index, where, isDescending, from, to, place, most);
    }

    public Scan<D> first(int documents) {
        return new Scan<>(type, index, where, isDescending, from, to, after, documents);
    }

    /** The field by which the documents are ordered; null if only the ids are left. */
    public String next() {
        return where.size() == index.fields().size() ? null : index.fields().get(where.size());
    }
}
