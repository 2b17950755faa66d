package dev.kontor.api.catalog;

import dev.kontor.api.customer.Actor;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What can be asked of a product. Each answers the product's version afterwards, except {@link QuoteProduct}. */
public sealed interface ProductCommand {

    ProductId productId();

    record ListProduct(
            @TargetAggregateIdentifier ProductId productId,
            CustomerId sellerId,
            Description description,
            Money price,
            long stock)
            implements ProductCommand {}

    /** Describes and reprices in one step; what is null stays as it is. */
    record ChangeProduct(
            @TargetAggregateIdentifier ProductId productId,
            Actor by,
            String title,
            String text,
            String category,
            Money price)
            implements ProductCommand {}

    record AddStock(@TargetAggregateIdentifier ProductId productId, Actor by, long units) implements ProductCommand {}

    /** Refused with {@code insufficient-stock} where fewer are available. */
    record RemoveStock(@TargetAggregateIdentifier ProductId productId, Actor by, long units)
            implements ProductCommand {}

    record DelistProduct(@TargetAggregateIdentifier ProductId productId, Actor by) implements ProductCommand {}

    /** Changes nothing; answers a {@link ProductQuote}. */
    record QuoteProduct(@TargetAggregateIdentifier ProductId productId) implements ProductCommand {}

    /** Answered by an event, {@code StockReserved} or {@code StockReservationRefused}; a repeat changes nothing. */
    record ReserveStock(
            @TargetAggregateIdentifier ProductId productId, OrderId orderId, Quantity quantity, Instant deadline)
            implements ProductCommand {}

    /** Gives back what the order holds; where it holds nothing yet, shuts the door on a reservation still under way. */
    record ReleaseStock(@TargetAggregateIdentifier ProductId productId, OrderId orderId, Instant deadline)
            implements ProductCommand {}

    /** What the order holds leaves the house. */
    record CommitStock(@TargetAggregateIdentifier ProductId productId, OrderId orderId) implements ProductCommand {}
}
