package dev.kontor.command.customer;

import dev.kontor.api.cart.CartCommand.ClearCart;
import dev.kontor.api.catalog.ProductCommand.DelistProduct;
import dev.kontor.api.catalog.ProductEvent.ProductDelisted;
import dev.kontor.api.catalog.ProductEvent.ProductListed;
import dev.kontor.api.customer.Actor;
import dev.kontor.api.customer.CustomerEvent.CustomerDeactivated;
import dev.kontor.api.customer.CustomerEvent.CustomerErased;
import dev.kontor.api.customer.CustomerEvent.CustomerReactivated;
import dev.kontor.api.customer.PersonalData;
import dev.kontor.api.customer.Role;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.command.platform.Commands;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.springframework.stereotype.Component;

/**
 * Delists the products of a closed account. If it was erased, it also destroys the key of its personal data and empties
 * its cart. The endpoint that erases destroys the key already; this repeats it, because a crash may have come between.
 */
@Component
@ProcessingGroup(ClosedAccountProcessing.GROUP)
class ClosedAccountPolicy {

    private final Commands commands;
    private final Sellers sellers;
    private final PersonalData personalData;

    ClosedAccountPolicy(Commands commands, Sellers sellers, PersonalData personalData) {
        this.commands = commands;
        this.sellers = sellers;
        this.personalData = personalData;
    }

    @EventHandler
    void on(ProductListed event) {
        sellers.listed(event.productId(), event.sellerId());
        // Listed just before the seller's token was revoked.
        if (sellers.isClosed(event.sellerId())) {
            delist(event.productId(), event.sellerId());
        }
    }

    @EventHandler
    void on(ProductDelisted event) {
        sellers.delisted(event.productId());
    }

    @EventHandler
    void on(CustomerDeactivated event, @SequenceNumber long version) {
        closeShopOf(event.customerId(), version);
    }

    @EventHandler
    void on(CustomerReactivated event, @SequenceNumber long version) {
        sellers.reopened(event.customerId(), version);
    }

    @EventHandler
    void on(CustomerErased event, @SequenceNumber long version) {
        personalData.destroy(event.customerId());
        emptyCartOf(event.customerId());
        closeShopOf(event.customerId(), version);
    }

    /** Skips a repeated event of an account that was reactivated since: products listed afterwards stay. */
    private void closeShopOf(CustomerId seller, long version) {
        if (sellers.closed(seller, version)) {
            sellers.productsOf(seller).forEach(product -> delist(product, seller));
        }
    }

    private void delist(ProductId productId, CustomerId seller) {
        commands.sendApart(new DelistProduct(productId, new Actor(seller, Role.CUSTOMER)));
    }

    private void emptyCartOf(CustomerId customerId) {
        try {
            commands.sendApart(new ClearCart(customerId));
        } catch (RefusedException refused) {
            // A customer who never added an item has no cart.
            if (refused.problem() != Problem.NOT_FOUND) {
                throw refused;
            }
        }
    }
}
