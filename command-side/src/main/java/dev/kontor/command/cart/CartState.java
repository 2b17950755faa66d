package dev.kontor.command.cart;

import dev.kontor.api.cart.CartLine;
import dev.kontor.api.cart.Checkout;
import dev.kontor.api.ids.CustomerId;
import java.util.List;

/**
 * A cart as its snapshot has it.
 *
 * @param items in the order in which they were put
 * @param checkout null while none is under way
 * @param leaving what of the open checkout is still among the items
 */
record CartState(CustomerId customerId, List<CartLine> items, Checkout checkout, List<CartLine> leaving) {}
