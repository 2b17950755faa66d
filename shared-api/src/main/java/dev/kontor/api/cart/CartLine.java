package dev.kontor.api.cart;

import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.ids.ProductId;
import dev.kontor.api.platform.DescribedAs;

/** So many of a product; at most one line a product. */
@DescribedAs("So many of a product; at most one line a product.")
public record CartLine(ProductId productId, Quantity quantity) {}
