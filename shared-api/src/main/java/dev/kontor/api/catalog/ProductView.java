package dev.kontor.api.catalog;

import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.ProductId;
import java.time.Instant;

/**
 * A product as its view shows it.
 *
 * @param sellerName joined when read; empty if the seller is not known (any more)
 */
public record ProductView(
        ProductId id,
        String title,
        String description,
        String category,
        Money price,
        StockLevel stock,
        CustomerId sellerId,
        String sellerName,
        boolean listed,
        Instant listedAt,
        long version) {}
