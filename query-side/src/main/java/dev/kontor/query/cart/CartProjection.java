package dev.kontor.query.cart;

import dev.kontor.api.cart.CartEvent;
import dev.kontor.api.cart.CartEvent.CartCheckedOut;
import dev.kontor.api.cart.CartEvent.CartCleared;
import dev.kontor.api.cart.CartEvent.CartItemPut;
import dev.kontor.api.cart.CartEvent.CartItemRemoved;
import dev.kontor.api.cart.CartEvent.CartReopened;
import dev.kontor.api.cart.CartEvent.CheckoutCompleted;
import dev.kontor.query.Change;
import dev.kontor.query.View;
import dev.kontor.query.ViewWriter;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.bson.Document;
import org.springframework.stereotype.Component;

/** Reads carts off the log: how many of each product, and which order a checkout is under way to become. */
@Component
@ProcessingGroup(View.CARTS_NAME)
class CartProjection {

    static final String ITEMS = "items";
    static final String CHECKOUT = "checkout";
    static final String VERSION = "version";

    private final ViewWriter writer;

    CartProjection(ViewWriter writer) {
        this.writer = writer;
    }

    @EventHandler
    void on(CartItemPut event, @SequenceNumber long version) {
        long quantity = event.quantity().value();
        if (version == 0) {
            // The first item sets the whole field. So a cart that is emptied again has an empty field, and does not
            // lack
            // it, in whatever batches its events are read.
            change(event, version).set(ITEMS, new Document(event.productId().value(), quantity));
        } else {
            change(event, version).set(ITEMS + "." + event.productId(), quantity);
        }
    }

    @EventHandler
    void on(CartItemRemoved event, @SequenceNumber long version) {
        change(event, version).unset(ITEMS + "." + event.productId());
    }

    @EventHandler
    void on(CartCleared event, @SequenceNumber long version) {
        change(event, version).set(ITEMS, new Document());
    }

    @EventHandler
    void on(CartCheckedOut event, @SequenceNumber long version) {
        change(event, version).set(CHECKOUT, event.orderId().value());
    }

    @EventHandler
    void on(CheckoutCompleted event, @SequenceNumber long version) {
        Document remaining = new Document();
        event.remaining()
                .forEach(line -> remaining.append(
                        line.productId().value(), line.quantity().value()));
        change(event, version).set(ITEMS, remaining).unset(CHECKOUT);
    }

    @EventHandler
    void on(CartReopened event, @SequenceNumber long version) {
        change(event, version).unset(CHECKOUT);
    }

    private Change change(CartEvent event, long version) {
        return writer.at(View.CARTS, event.customerId().value(), version);
    }
}
