package dev.kontor.api.catalog;

import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.ProductId;

/** A product's price at this moment, and whether it is for sale. */
public record ProductQuote(ProductId productId, CustomerId sellerId, String title, Money unitPrice, boolean listed) {}
