package dev.kontor.api.cart;

import dev.kontor.api.catalog.Money;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.ProductId;
import java.util.List;

/**
 * A cart as its view shows it, with the present state of its products.
 *
 * @param total the sum of all lines; null if a price is not known yet, lines are in several currencies, or the shop has
 *     no currency yet
 */
public record CartView(CustomerId customerId, List<Line> lines, Money total, long version) {

    public CartView {
        lines = List.copyOf(lines);
    }

    /**
     * @param title empty if the catalog does not show the product (yet)
     * @param unitPrice null if the catalog does not show the product (yet)
     * @param available units that can be ordered now
     */
    public record Line(
            ProductId productId, String title, Money unitPrice, long quantity, boolean listed, long available) {

        /** Null if the unit price is. */
        public Money total() {
            return unitPrice == null
                    ? null
                    : new Money(Math.multiplyExact(unitPrice.amount(), quantity), unitPrice.currency());
        }
    }
}
