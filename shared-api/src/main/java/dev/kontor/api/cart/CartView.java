package dev.kontor.api.cart;

import dev.kontor.api.catalog.Money;
import dev.kontor.api.catalog.ProductId;
import dev.kontor.api.customer.CustomerId;
import java.util.List;

/**
 * A cart as its view shows it, with what its products are at this moment.
 *
 * @param total the sum of the lines shown
 */
public record CartView(CustomerId customerId, List<Line> lines, Money total, long version) {

    public CartView {
        lines = List.copyOf(lines);
    }

    /**
     * @param title empty, with price 0, where the catalog does not show the product yet
     * @param available units that can be ordered now
     */
    public record Line(
            ProductId productId, String title, Money unitPrice, long quantity, boolean listed, long available) {

        public Money total() {
            return new Money(Math.multiplyExact(unitPrice.amount(), quantity), unitPrice.currency());
        }
    }
}
