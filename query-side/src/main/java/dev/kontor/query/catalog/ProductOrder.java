package dev.kontor.query.catalog;

import dev.kontor.query.Paging;
import dev.kontor.query.platform.Index;
import dev.kontor.query.platform.PageAfter;
import dev.kontor.query.platform.Scan.Place;
import java.util.Comparator;
import java.util.function.Function;

/**
 * The sort order of a search, and where its next page begins. The id has the same direction as the key.
 *
 * @param index over all listed products
 * @param number the key, null if it is a text
 * @param text the key, null if it is a number
 */
record ProductOrder(
        Index index,
        boolean descending,
        Function<ProductDocument, Long> number,
        Function<ProductDocument, String> text) {

    static ProductOrder of(ProductSort sort) {
        return switch (sort) {
            case RELEVANCE -> throw new IllegalArgumentException("Only the search index knows what is relevant");
            case NEWEST -> new ProductOrder(ProductDocument.BY_TIME, true, ProductDocument::listedAt, null);
            case CHEAPEST ->
                new ProductOrder(
                        ProductDocument.BY_PRICE,
                        false,
                        product -> product.price().amount(),
                        null);
            case DEAREST ->
                new ProductOrder(
                        ProductDocument.BY_PRICE,
                        true,
                        product -> product.price().amount(),
                        null);
            case TITLE -> new ProductOrder(ProductDocument.BY_TITLE, false, null, ProductDocument::titleKey);
        };
    }

    /** The order of the index. */
    Comparator<ProductDocument> comparator() {
        Comparator<ProductDocument> byKey = text == null ? Comparator.comparing(number) : Comparator.comparing(text);
        Comparator<ProductDocument> ascending = byKey.thenComparing(ProductDocument::id);
        return descending ? ascending.reversed() : ascending;
    }

    /** Whether a product comes after the end of the previous page. @param end null for the first page */
    boolean isBehind(ProductDocument product, Place end) {
        if (end == null) {
            return true;
        }
        int order = text == null
                ? number.apply(product).compareTo((Long) end.value())
                : text.apply(product).compareTo((String) end.value());
        int withId = order == 0 ? product.id().compareTo(end.id()) : order;
        return descending ? withId < 0 : withId > 0;
    }

    /** Null for the first page. */
    Place place(PageAfter after) {
        return after == null ? null : new Place(text == null ? (Object) Paging.number(after) : after.key(), after.id());
    }

    PageAfter endOf(ProductDocument last) {
        return new PageAfter(text == null ? number.apply(last).toString() : text.apply(last), last.id());
    }
}
