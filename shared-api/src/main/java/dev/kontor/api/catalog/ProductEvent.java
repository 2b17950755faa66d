package dev.kontor.api.catalog;

import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.api.platform.DescribedAs;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * Events of a product. Every event about stock carries the level after it, so that a view sets the level and never
 * adds.
 */
public sealed interface ProductEvent {

    ProductId productId();

    @Revision("1")
    @DescribedAs("A product was put up for sale.")
    record ProductListed(
            ProductId productId, CustomerId sellerId, Description description, Money price, StockLevel stock)
            implements ProductEvent {}

    @Revision("1")
    @DescribedAs("Title, text or category changed; the event has all three.")
    record ProductDescribed(ProductId productId, Description description) implements ProductEvent {}

    @Revision("1")
    @DescribedAs("The price changed. Reserved units keep the price of their reservation.")
    record ProductRepriced(ProductId productId, Money price) implements ProductEvent {}

    @Revision("1")
    @DescribedAs("The seller added units to the stock.")
    record StockAdded(ProductId productId, long units, StockLevel stock) implements ProductEvent {}

    @Revision("1")
    @DescribedAs("The seller removed units from the stock without an order: lost, broken, taken back.")
    record StockRemoved(ProductId productId, long units, StockLevel stock) implements ProductEvent {}

    @Revision("1")
    @DescribedAs("Units were reserved for an order. Price, title and seller are those that bind the order, "
            + "whatever changes later.")
    record StockReserved(
            ProductId productId,
            OrderId orderId,
            Quantity quantity,
            CustomerId sellerId,
            String title,
            Money unitPrice,
            Instant deadline,
            StockLevel stock)
            implements ProductEvent {}

    @Revision("1")
    @DescribedAs("No units were reserved for an order. `code` is the reason: `insufficient-stock`, "
            + "`product-delisted` or `order-expired`.")
    record StockReservationRefused(
            ProductId productId, OrderId orderId, Quantity quantity, String code, Instant deadline, StockLevel stock)
            implements ProductEvent {}

    @Revision("1")
    @DescribedAs("The reservation of an order was released, and its units are available again. `units` is 0 if there "
            + "was none: a reservation that arrives later is refused.")
    record StockReleased(ProductId productId, OrderId orderId, long units, Instant deadline, StockLevel stock)
            implements ProductEvent {}

    @Revision("1")
    @DescribedAs("The reserved units of an order were shipped.")
    record StockCommitted(ProductId productId, OrderId orderId, long units, StockLevel stock) implements ProductEvent {}

    @Revision("1")
    @DescribedAs("The product is no longer for sale; reservations stay.")
    record ProductDelisted(ProductId productId) implements ProductEvent {}
}
