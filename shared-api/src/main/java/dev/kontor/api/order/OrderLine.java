package dev.kontor.api.order;

import dev.kontor.api.catalog.Money;
import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.api.platform.DescribedAs;
import java.util.List;

/**
 * A line of an order: at most one a product.
 *
 * @param unitPrice what the product said: when quoted in {@code OrderPlaced}, when reserved in {@code OrderConfirmed}
 */
@DescribedAs("So many of a product, at this price; at most one line a product.")
public record OrderLine(ProductId productId, Quantity quantity, CustomerId sellerId, String title, Money unitPrice) {

    public Money total() {
        return unitPrice.times(quantity);
    }

    /** In which currencies the lines are, in their order. */
    public static List<String> currencies(List<OrderLine> lines) {
        return lines.stream()
                .map(line -> line.unitPrice().currency())
                .distinct()
                .toList();
    }

    /** The sum of at least one line, all in one currency. */
    public static Money total(List<OrderLine> lines) {
        return lines.stream().map(OrderLine::total).reduce(Money::plus).orElseThrow();
    }
}
