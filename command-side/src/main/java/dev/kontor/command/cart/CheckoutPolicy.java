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

/** Places an order for each cart that is checked out, and notifies the cart of the order's outcome. */
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
            // A retry would be refused again, and block all orders behind it. An unknown outcome is no refusal: then
            // the cart stays as it is, and this event is handled again until the outcome is known.
            log.warn("the order of customer {}'s checkout is refused", event.customerId(), refused);
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
