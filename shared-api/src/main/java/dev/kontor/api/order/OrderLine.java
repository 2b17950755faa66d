package dev.kontor.api.order;

import dev.kontor.api.catalog.Money;
import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.api.platform.DescribedAs;
import java.util.List;

/**
 * A line of an order: at most one per product.
 *
 * @param unitPrice the product's price: when quoted in {@code OrderPlaced}, when reserved in {@code OrderConfirmed}
 */
@DescribedAs("A product, its quantity and its price; at most one line per product.")
public record OrderLine(ProductId productId, Quantity quantity, CustomerId sellerId, String title, Money unitPrice) {

    public Money total() {
        return unitPrice.times(quantity);
    }

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
