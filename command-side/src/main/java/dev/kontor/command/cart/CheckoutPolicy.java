package dev.kontor.command.cart;

import dev.kontor.api.cart.CartCommand.CompleteCheckout;
import dev.kontor.api.cart.CartCommand.ReopenCart;
import dev.kontor.api.cart.CartEvent.CartCheckedOut;
import dev.kontor.api.order.OrderEvent.OrderCancelled;
import dev.kontor.api.order.OrderEvent.OrderConfirmed;
import dev.kontor.api.order.OrderEvent.OrderRejected;
import dev.kontor.api.order.OrderOrigin;
import dev.kontor.command.order.OrderPlacement;
import dev.kontor.command.platform.Commands;
import dev.kontor.command.platform.OrderProcessing;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.side.platform.FailureClassifier;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** A cart that is checked out becomes an order; what becomes of the order is told to the cart. */
@Component
@ProcessingGroup(OrderProcessing.GROUP)
class CheckoutPolicy {

    private static final Logger log = LoggerFactory.getLogger(CheckoutPolicy.class);

    private final Commands commands;
    private final OrderPlacement placement;

    CheckoutPolicy(Commands commands, OrderPlacement placement) {
        this.commands = commands;
        this.placement = placement;
    }

    @EventHandler
    void on(CartCheckedOut event) {
        try {
            placement.place(event.orderId(), event.customerId(), event.lines(), null, OrderOrigin.CART);
        } catch (RefusedException refused) {
            if (FailureClassifier.isTransient(refused)) {
                throw refused;
            }
            // Trying again would be refused again, and hold up every order behind it. Where nobody knows whether the
            // order
            // was placed, that is no refusal: the cart stays as it is, and this event is handled again until it is
            // known.
            log.warn("the checkout of customer {} cannot become an order", event.customerId(), refused);
            commands.send(new ReopenCart(event.customerId(), event.orderId()));
        }
    }

    @EventHandler
    void on(OrderConfirmed event) {
        if (event.origin() == OrderOrigin.CART) {
            commands.send(new CompleteCheckout(event.customerId(), event.orderId()));
        }
    }

    @EventHandler
    void on(OrderRejected event) {
        if (event.origin() == OrderOrigin.CART) {
            commands.send(new ReopenCart(event.customerId(), event.orderId()));
        }
    }

    @EventHandler
    void on(OrderCancelled event) {
        if (event.origin() == OrderOrigin.CART) {
            commands.send(new ReopenCart(event.customerId(), event.orderId()));
        }
    }
}
