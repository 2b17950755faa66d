package dev.kontor.command.cart;

import dev.kontor.api.cart.CartLine;
import dev.kontor.api.cart.Checkout;
import dev.kontor.api.cart.Merge;
import dev.kontor.api.ids.CustomerId;
import java.util.List;

/**
 * The snapshot of a cart.
 *
 * @param items in the order in which they were added
 * @param checkout null while none is open
 * @param leaving units of the open checkout that are still among the items
 * @param merges the last ones, the oldest first
 */
record CartState(
        CustomerId customerId, List<CartLine> items, Checkout checkout, List<CartLine> leaving, List<Merge> merges) {}
