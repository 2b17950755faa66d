package dev.kontor.command.catalog;

import dev.kontor.api.catalog.Description;
import dev.kontor.api.catalog.Money;
import dev.kontor.api.catalog.StockLevel;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import java.time.Instant;
import java.util.List;

/**
 * The snapshot of a product.
 *
 * @param finished finished orders, oldest first
 */
record ProductState(
        ProductId id,
        CustomerId sellerId,
        Description description,
        Money price,
        StockLevel stock,
        boolean listed,
        long offerVersion,
        long stockVersion,
        List<Reserved> reserved,
        List<Finished> finished) {

    record Reserved(OrderId orderId, long units, Instant deadline) {}

    record Finished(OrderId orderId, Instant deadline) {}
}
