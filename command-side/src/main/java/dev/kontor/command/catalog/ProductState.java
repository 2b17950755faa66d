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
 * @param settled finished orders, oldest first
 */
record ProductState(
        ProductId id,
        CustomerId sellerId,
        Description description,
        Money price,
        StockLevel stock,
        boolean listed,
        List<Reserved> reserved,
        List<Settled> settled) {

    record Reserved(OrderId orderId, long units, Instant deadline) {}

    record Settled(OrderId orderId, Instant deadline) {}
}
