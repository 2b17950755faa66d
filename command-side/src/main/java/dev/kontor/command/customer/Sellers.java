package dev.kontor.command.customer;

import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.ProductId;
import java.util.List;

/**
 * The command side's own index of products by seller, used when a seller's account is closed. Writes by an event
 * handler are durable no later than the processor's token: with it if both are in one store, else before it, so that
 * after a crash repeated events find their own writes.
 */
public interface Sellers {

    void listed(ProductId productId, CustomerId seller);

    void delisted(ProductId productId);

    /** The products for sale by this seller, in no order. */
    List<ProductId> productsOf(CustomerId seller);

    /**
     * Records that none of the seller's products may be for sale.
     *
     * @param version of the account at which it was closed
     * @return whether that still holds: false if a later version of the account is recorded already, because the event
     *     is handled again after later ones
     */
    boolean closed(CustomerId seller, long version);

    void reopened(CustomerId seller, long version);

    boolean isClosed(CustomerId seller);
}
