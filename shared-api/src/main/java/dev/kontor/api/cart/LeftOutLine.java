package dev.kontor.api.cart;

import dev.kontor.api.ids.ProductId;
import dev.kontor.api.platform.DescribedAs;

/**
 * Units that a merge did not add to a cart.
 *
 * @param code a {@link LeftOutReason}
 */
@DescribedAs("Units of a product that were not added, and why.")
public record LeftOutLine(ProductId productId, long units, String code) {}
