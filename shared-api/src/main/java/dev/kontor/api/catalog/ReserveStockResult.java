package dev.kontor.api.catalog;

import dev.kontor.api.catalog.ProductEvent.StockReservationRefused;
import dev.kontor.api.catalog.ProductEvent.StockReserved;

/**
 * The event that a {@code ReserveStock} led to. Both events are null if the product had decided about the order before:
 * then the event is in the log already, and this answer does not repeat it.
 *
 * @param version of the product afterwards
 */
public record ReserveStockResult(long version, StockReserved reserved, StockReservationRefused refused) {}
