package dev.kontor.api.catalog;

import java.util.Arrays;
import java.util.Optional;

/** The orders in which a search can answer; equal ones stay in one order by their id. */
public enum ProductSort {
    NEWEST("newest"),
    CHEAPEST("price"),
    DEAREST("-price"),
    TITLE("title");

    private final String name;

    ProductSort(String name) {
        this.name = name;
    }

    /** The order that clients call so. */
    public static Optional<ProductSort> ofName(String name) {
        return Arrays.stream(values()).filter(sort -> sort.name.equals(name)).findFirst();
    }
}
