package dev.kontor.api.order;

import dev.kontor.api.ids.ProductId;
import dev.kontor.api.platform.DescribedAs;

/**
 * Where in a product's history an order moved its stock.
 *
 * @param productVersion the product's version from which on the movement shows
 */
@DescribedAs("The version of a product from which on a movement of its stock shows.")
public record StockMovement(ProductId productId, long productVersion) {}
