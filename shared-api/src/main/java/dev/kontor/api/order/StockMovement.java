package dev.kontor.api.order;

import dev.kontor.api.catalog.ProductId;

/**
 * Where in a product's history an order moved its stock.
 *
 * @param productVersion the product's version from which on the movement shows
 */
public record StockMovement(ProductId productId, long productVersion) {}
