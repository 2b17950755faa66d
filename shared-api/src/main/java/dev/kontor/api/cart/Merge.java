package dev.kontor.api.cart;

import java.util.List;

/**
 * A merge of a guest's cart, as the customer's cart remembers it.
 *
 * @param version of the cart with the lines in it
 */
public record Merge(String mergeId, String fingerprint, long version, List<LeftOutLine> leftOut) {}
