package dev.kontor.command.customer;

import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.ProductId;
import java.util.List;

/**
 * The command side's own index of who sells what, so that nothing has to be searched for when a seller's account is closed.
 * Writes made while an event is handled are durable before that event's place in the log is: with it where both are in one
 * store, else ahead of it, so that after a crash events come again to an index that knows them.
 */
public interface Sellers {

    void listed(ProductId productId, CustomerId seller);

    void delisted(ProductId productId);

    /** What is for sale by this seller, in no order. */
    List<ProductId> productsOf(CustomerId seller);

    /**
     * Notes that nothing of this seller shall be for sale.
     *
     * @param version of the account that says so
     * @return whether that still holds: false where a later version of the account is known here already, because the
     *     event comes again after the ones that followed it
     */
    boolean closed(CustomerId seller, long version);

    void reopened(CustomerId seller, long version);

    boolean isClosed(CustomerId seller);
}
