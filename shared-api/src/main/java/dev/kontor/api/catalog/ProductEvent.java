package dev.kontor.api.catalog;

import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.api.platform.DescribedAs;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * What happened to a product. Every event about stock carries the level after it, so that a view sets what it shows and
 * never has to add.
 */
public sealed interface ProductEvent {

    ProductId productId();

    @Revision("1")
    @DescribedAs("A product is for sale.")
    record ProductListed(
            ProductId productId, CustomerId sellerId, Description description, Money price, StockLevel stock)
            implements ProductEvent {}

    @Revision("1")
    @DescribedAs("Title, text and category as they are from now on, whichever changed.")
    record ProductDescribed(ProductId productId, Description description) implements ProductEvent {}

    @Revision("1")
    @DescribedAs("The price from now on; what is reserved keeps the price it was reserved at.")
    record ProductRepriced(ProductId productId, Money price) implements ProductEvent {}

    @Revision("1")
    @DescribedAs("Units came onto the shelf.")
    record StockAdded(ProductId productId, long units, StockLevel stock) implements ProductEvent {}

    @Revision("1")
    @DescribedAs("Units left the shelf without an order: lost, broken, taken back.")
    record StockRemoved(ProductId productId, long units, StockLevel stock) implements ProductEvent {}

    @Revision("1")
    @DescribedAs("Units are held for an order. Price, title and seller are the ones the order is bound to, "
            + "whatever the product says later.")
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
    @DescribedAs("An order gets nothing of the product. `code` is the reason: `insufficient-stock`, "
            + "`product-delisted` or `order-expired`.")
    record StockReservationRefused(
            ProductId productId, OrderId orderId, Quantity quantity, String code, Instant deadline, StockLevel stock)
            implements ProductEvent {}

    @Revision("1")
    @DescribedAs("What an order held is on the shelf again. `units` is 0 where it held nothing: its reservation, "
            + "should it still come, is turned away.")
    record StockReleased(ProductId productId, OrderId orderId, long units, Instant deadline, StockLevel stock)
            implements ProductEvent {}

    @Revision("1")
    @DescribedAs("What an order held has left the house.")
    record StockCommitted(ProductId productId, OrderId orderId, long units, StockLevel stock) implements ProductEvent {}

    @Revision("1")
    @DescribedAs("The product is no longer for sale; what is reserved stays reserved.")
    record ProductDelisted(ProductId productId) implements ProductEvent {}
}
