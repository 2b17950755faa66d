package dev.kontor.api.catalog;

import dev.kontor.api.customer.CustomerId;
import dev.kontor.api.order.OrderId;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * What happened to a product. Every event about stock carries the level after it, so that a view sets what it shows and
 * never has to add.
 */
public sealed interface ProductEvent {

    ProductId productId();

    @Revision("1")
    record ProductListed(
            ProductId productId, CustomerId sellerId, Description description, Money price, StockLevel stock)
            implements ProductEvent {}

    @Revision("1")
    record ProductDescribed(ProductId productId, Description description) implements ProductEvent {}

    @Revision("1")
    record ProductRepriced(ProductId productId, Money price) implements ProductEvent {}

    @Revision("1")
    record StockAdded(ProductId productId, long units, StockLevel stock) implements ProductEvent {}

    @Revision("1")
    record StockRemoved(ProductId productId, long units, StockLevel stock) implements ProductEvent {}

    /** Price, title and seller are the ones the order is bound to, whatever the product says later. */
    @Revision("1")
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

    /** {@code code} is that of a refusal: insufficient-stock, product-delisted or order-expired. */
    @Revision("1")
    record StockReservationRefused(
            ProductId productId, OrderId orderId, Quantity quantity, String code, Instant deadline, StockLevel stock)
            implements ProductEvent {}

    /** {@code units} is 0 where the order held nothing: the door is shut all the same. */
    @Revision("1")
    record StockReleased(ProductId productId, OrderId orderId, long units, Instant deadline, StockLevel stock)
            implements ProductEvent {}

    @Revision("1")
    record StockCommitted(ProductId productId, OrderId orderId, long units, StockLevel stock) implements ProductEvent {}

    @Revision("1")
    record ProductDelisted(ProductId productId) implements ProductEvent {}
}
