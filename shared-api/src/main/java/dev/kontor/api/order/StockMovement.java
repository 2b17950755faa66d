package dev.kontor.api.order;

import dev.kontor.api.ids.ProductId;
import dev.kontor.api.platform.DescribedAs;

/**
 * The version of a product at which an order moved its stock.
 *
 * @param productVersion the first version that shows the movement
 */
@DescribedAs("The first version of a product that shows a movement of its stock.")
public record StockMovement(ProductId productId, long productVersion) {}
