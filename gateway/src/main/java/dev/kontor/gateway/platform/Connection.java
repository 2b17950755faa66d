package dev.kontor.gateway.platform;

import java.util.ArrayList;
import java.util.List;

/** A page of a list in GraphQL, as the specification of cursor connections names its parts. */
public record Connection<T>(List<Edge<T>> edges, PageInfo pageInfo) {

    /** @param cursor null except at the last edge: a page begins after a page */
    public record Edge<T>(String cursor, T node) {}

    /** @param endCursor null on the last page */
    public record PageInfo(boolean hasNextPage, boolean hasPreviousPage, String startCursor, String endCursor) {}

    /** @param after the cursor that the page was asked for; null for the first page */
    public static <T> Connection<T> of(Page<T> page, String after) {
        List<Edge<T>> edges = new ArrayList<>(page.items().size());
        for (int i = 0; i < page.items().size(); i++) {
            boolean isLast = i == page.items().size() - 1;
            edges.add(new Edge<>(
                    isLast ? page.nextPageToken() : null, page.items().get(i)));
        }
        boolean isFirst = after == null || after.isEmpty();
        return new Connection<>(
                edges, new PageInfo(page.nextPageToken() != null, !isFirst, null, page.nextPageToken()));
    }
}
