package dev.kontor.query.catalog;

import java.util.Arrays;
import java.util.Optional;

/** The sort orders of a search; products with equal keys are sorted by id. */
enum ProductSort {
    /** The best match first, then the newest. */
    RELEVANCE("relevance"),
    NEWEST("newest"),
    CHEAPEST("price"),
    DEAREST("-price"),
    TITLE("title");

    private final String name;

    ProductSort(String name) {
        this.name = name;
    }

    /** The sort order with this name in the API. */
    public static Optional<ProductSort> ofName(String name) {
        return Arrays.stream(values()).filter(sort -> sort.name.equals(name)).findFirst();
    }
}
