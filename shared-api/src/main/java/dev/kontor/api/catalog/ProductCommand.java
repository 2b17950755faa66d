package dev.kontor.api.catalog;

import dev.kontor.api.Precondition;
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
     * @param precondition of the offer's version; null for none
     */
    record ChangeProduct(
            @TargetAggregateIdentifier ProductId productId,
            Actor by,
            Description.Change description,
            Money price,
            Precondition precondition)
            implements ProductCommand {

        public ChangeProduct(ProductId productId, Actor by, Description.Change description, Money price) {
            this(productId, by, description, price, null);
        }
    }

    /** @param precondition of the stock's version; null for none */
    record AddStock(@TargetAggregateIdentifier ProductId productId, Actor by, long units, Precondition precondition)
            implements ProductCommand {

        public AddStock(ProductId productId, Actor by, long units) {
            this(productId, by, units, null);
        }
    }

    /**
     * Refused with {@code insufficient-stock} if fewer are available.
     *
     * @param precondition of the stock's version; null for none
     */
    record RemoveStock(@TargetAggregateIdentifier ProductId productId, Actor by, long units, Precondition precondition)
            implements ProductCommand {

        public RemoveStock(ProductId productId, Actor by, long units) {
            this(productId, by, units, null);
        }
    }

    /** @param precondition of the offer's version; null for none */
    record DelistProduct(@TargetAggregateIdentifier ProductId productId, Actor by, Precondition precondition)
            implements ProductCommand {

        public DelistProduct(ProductId productId, Actor by) {
            this(productId, by, null);
        }
    }

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
