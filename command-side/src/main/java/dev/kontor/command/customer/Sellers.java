package dev.kontor.command.customer;

import dev.kontor.api.catalog.ProductId;
import dev.kontor.api.customer.CustomerId;
import java.util.List;

/**
 * The command side's own index of who sells what, so that nothing has to be searched for when a seller's account is closed.
 * Writes made while an event is handled become durable with that event's batch.
 */
public interface Sellers {

    void listed(ProductId productId, CustomerId seller);

    void delisted(ProductId productId);

    /** What is for sale by this seller, in no order. */
    List<ProductId> productsOf(CustomerId seller);

    /** Notes that nothing of this seller shall be for sale. */
    void closed(CustomerId seller);

    void reopened(CustomerId seller);

    boolean isClosed(CustomerId seller);
}
