package dev.kontor.api.cart;

import dev.kontor.api.Precondition;
import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Commands of a cart. Each returns the cart's version afterwards unless it states another result. A precondition is of
 * the cart's version, and null for none.
 */
public sealed interface CartCommand {

    /** The maximum of lines in a cart, and in an order. */
    int MOST_LINES = 100;

    /** How many merges a cart remembers, so that a repeat adds nothing. */
    int MOST_MERGES = 10;

    CustomerId customerId();

    @TargetAggregateIdentifier
    default CartId cartId() {
        return new CartId(customerId());
    }

    /** Sets the line's quantity. */
    record PutCartItem(CustomerId customerId, ProductId productId, Quantity quantity, Precondition precondition)
            implements CartCommand {

        public PutCartItem(CustomerId customerId, ProductId productId, Quantity quantity) {
            this(customerId, productId, quantity, null);
        }
    }

    record RemoveCartItem(CustomerId customerId, ProductId productId, Precondition precondition)
            implements CartCommand {

        public RemoveCartItem(CustomerId customerId, ProductId productId) {
            this(customerId, productId, null);
        }
    }

    record ClearCart(CustomerId customerId, Precondition precondition) implements CartCommand {

        public ClearCart(CustomerId customerId) {
            this(customerId, null);
        }
    }

    /**
     * Adds the lines of a guest's cart, all in one event. Returns a {@link Merge}; for a repeat the same one.
     *
     * @param mergeId derived from the customer and the key of the request
     * @param fingerprint of the request's lines: another one with the same id is refused
     * @param lines to add; those of one product are summed
     * @param leftOut what the endpoint found not to be for sale
     * @param precondition is not required of a repeat
     */
    record MergeCart(
            CustomerId customerId,
            String mergeId,
            String fingerprint,
            List<CartLine> lines,
            List<LeftOutLine> leftOut,
            Precondition precondition)
            implements CartCommand {

        public MergeCart(
                CustomerId customerId,
                String mergeId,
                String fingerprint,
                List<CartLine> lines,
                List<LeftOutLine> leftOut) {
            this(customerId, mergeId, fingerprint, lines, leftOut, null);
        }
    }

    /**
     * Returns a {@link Checkout}; while one is open, the same one.
     *
     * @param mostUnits how many units the customer may order now; null for no bound, from a process that does not know
     *     it
     */
    record CheckOutCart(CustomerId customerId, Long mostUnits, Precondition precondition) implements CartCommand {

        public CheckOutCart(CustomerId customerId, Long mostUnits) {
            this(customerId, mostUnits, null);
        }
    }

    /** Returns whether this checkout is still open, so that its order may still be placed. Changes nothing. */
    record RecallCheckout(CustomerId customerId, OrderId orderId) implements CartCommand {}

    /** Removes what was ordered; items put into the cart since the checkout stay. */
    record CompleteCheckout(CustomerId customerId, OrderId orderId) implements CartCommand {}

    /** The order was not confirmed: the cart is as before, and can be checked out again. */
    record ReopenCart(CustomerId customerId, OrderId orderId) implements CartCommand {}
}
