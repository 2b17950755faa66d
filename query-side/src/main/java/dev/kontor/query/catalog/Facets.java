package dev.kontor.query.catalog;

import java.util.List;

/**
 * How many of the products that a search finds have which property.
 *
 * @param categories the 20 most frequent, by name
 * @param sellers the 20 most frequent, by id
 * @param prices only bands that have products, the cheapest first
 */
record Facets(long products, long inStock, List<Count> categories, List<Count> sellers, List<Band> prices) {

    record Count(String value, long products) {}

    /**
     * @param from the lowest price in it, in the smallest unit of the currency
     * @param below the lowest price above it; null for none
     */
    record Band(long from, Long below, long products) {}
}
