package dev.kontor.api.cart;

import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.ids.ProductId;
import dev.kontor.api.platform.DescribedAs;

@DescribedAs("A product and its quantity; at most one line per product.")
public record CartLine(ProductId productId, Quantity quantity) {}
