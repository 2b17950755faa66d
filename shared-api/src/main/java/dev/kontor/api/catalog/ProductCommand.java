package dev.kontor.api.catalog;

import dev.kontor.api.customer.Actor;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Commands of a product. Each returns the product's version afterwards, except {@link QuoteProduct} and
 * {@link ReserveStock}.
 */
public sealed interface ProductCommand {

    ProductId productId();

    record ListProduct(
            @TargetAggregateIdentifier ProductId productId,
            CustomerId sellerId,
            Description description,
            Money price,
            long stock)
            implements ProductCommand {}

    /**
     * Describes and reprices in one step.
     *
     * @param price null if it stays
     */
    record ChangeProduct(
            @TargetAggregateIdentifier ProductId productId, Actor by, Description.Change description, Money price)
            implements ProductCommand {}

    record AddStock(@TargetAggregateIdentifier ProductId productId, Actor by, long units) implements ProductCommand {}

    /** Refused with {@code insufficient-stock} if fewer are available. */
    record RemoveStock(@TargetAggregateIdentifier ProductId productId, Actor by, long units)
            implements ProductCommand {}

    record DelistProduct(@TargetAggregateIdentifier ProductId productId, Actor by) implements ProductCommand {}

    /** Changes nothing; returns a {@link ProductQuote}. */
    record QuoteProduct(@TargetAggregateIdentifier ProductId productId) implements ProductCommand {}

    /**
     * Leads to an event, {@code StockReserved} or {@code StockReservationRefused}, and returns it in a
     * {@link ReserveStockResult}; a repeat changes nothing.
     */
    record ReserveStock(
            @TargetAggregateIdentifier ProductId productId, OrderId orderId, Quantity quantity, Instant deadline)
            implements ProductCommand {}

    /** Releases the order's reservation; if there is none yet, a reservation that arrives later is refused. */
    record ReleaseStock(@TargetAggregateIdentifier ProductId productId, OrderId orderId, Instant deadline)
            implements ProductCommand {}

    /** The order's reserved units are shipped. */
    record CommitStock(@TargetAggregateIdentifier ProductId productId, OrderId orderId) implements ProductCommand {}
}
